import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localDateOf } from '@libs/calendar';
import { formatAmount, type Currency } from '@libs/money';
import { Store } from '@libs/persistence';
import { isGenuine, maskName, Verifications, type VerificationView } from '../../documents';
import { Warning } from './warning.entity';
import { WARNING_KIND } from './warning-issue';

/** What the page behind the QR code of a warning says. */
@Injectable()
export class WarningVerifier implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly verifications: Verifications,
  ) {}

  onModuleInit(): void {
    this.verifications.register(WARNING_KIND, (serial) => this.verify(serial));
  }

  private async verify(serial: string): Promise<VerificationView | null> {
    const warning = await this.store.reads(Warning).findOneBy({ serial });
    if (!warning) return null;
    const { content, issuedAt, state } = warning;
    const altered = !isGenuine(warning);
    const issuedOn = localDateOf(issuedAt);
    const totals = content.totals.map(({ currency, amount }) => ({
      currency,
      balance: String(amount),
      formatted: formatAmount(amount, currency as Currency),
    }));
    return {
      kind: 'PAYMENT_WARNING',
      status: altered ? 'ALTERED' : state === 'WITHDRAWN' ? 'REVOKED' : 'VALID',
      serial,
      issuedOn,
      asOf: issuedOn,
      validUntil: null,
      holder: altered ? null : maskName([content.holder.name]),
      totals: altered ? [] : totals,
    };
  }
}
