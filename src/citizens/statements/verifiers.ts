import { Injectable } from '@nestjs/common';
import type { VerificationView } from './statements.dto';

/** Documents that other modules issue under serials of their own kind; the one address on every sheet proves them all. */
@Injectable()
export class Verifiers {
  private readonly byKind = new Map<string, (serial: string) => Promise<VerificationView | null>>();

  /** @param verify null for a serial that was never issued */
  register(kind: string, verify: (serial: string) => Promise<VerificationView | null>): void {
    this.byKind.set(kind, verify);
  }

  of(kind: string): ((serial: string) => Promise<VerificationView | null>) | undefined {
    return this.byKind.get(kind);
  }
}
