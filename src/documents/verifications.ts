import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { readSerial } from '@libs/serial';
import type { VerificationView } from './verification.dto';
import { VERIFICATION } from './verification.problems';

/** Looks a serial of its kind up. @returns null when none was issued */
export type Verifier = (serial: string) => Promise<VerificationView | null>;

/** Who can tell whether a printed document is genuine, by the kind its serial begins with. */
@Injectable()
export class Verifications {
  private readonly verifiers = new Map<string, Verifier>();

  /** @param kind the two capitals of {@link serialOf} */
  register(kind: string, verifier: Verifier): void {
    if (this.verifiers.has(kind)) throw new Error(`documents ${kind} have two verifiers`);
    this.verifiers.set(kind, verifier);
  }

  /**
   * @param typed a serial as people type it
   * @throws {Problem} verification.unknown, verification.mistyped
   */
  async verify(typed: string): Promise<VerificationView> {
    const read = readSerial(typed);
    if (!read.ok && read.reason === 'mistyped') throw new Problem(VERIFICATION['verification.mistyped']);
    const found = read.ok ? await this.verifiers.get(read.kind)?.(read.serial) : undefined;
    if (!found) throw new Problem(VERIFICATION['verification.unknown']);
    return found;
  }
}
