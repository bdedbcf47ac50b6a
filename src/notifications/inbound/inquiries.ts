import { Injectable } from '@nestjs/common';
import type { Money } from '@libs/money';

/** A OneRecord whose phone was proved by a code. */
export interface PhoneHolder {
  oneRecordId: number;
  /** Of the record. */
  number: string;
}

/** Given by the modules that know: who holds a phone, and what a record owes. */
export interface InquirySources {
  /** Active records of which this phone, E.164, was verified. */
  holdersOf(phone: string): Promise<PhoneHolder[]>;
  /** What the record owes on its own accounts, a sum a currency; negative for an advance. */
  balanceOf(oneRecordId: number): Promise<Money[]>;
}

/** What citizens can ask by text message; a module registers what it knows while the application starts. */
@Injectable()
export class Inquiries {
  private sources: Partial<InquirySources> = {};

  register(sources: Partial<InquirySources>): void {
    const taken = Object.keys(sources).filter((name) => name in this.sources);
    if (taken.length > 0) throw new Error(`inquiries ${taken.join(', ')} are registered`);
    this.sources = { ...this.sources, ...sources };
  }

  /** The balance of the one record that is proved to hold the phone; null for none or several. */
  async balanceFor(phone: string): Promise<{ holder: PhoneHolder; sums: Money[] } | null> {
    const [holder, ...others] = (await this.sources.holdersOf?.(phone)) ?? [];
    if (!holder || others.length > 0 || !this.sources.balanceOf) return null;
    return { holder, sums: await this.sources.balanceOf(holder.oneRecordId) };
  }
}
