import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatAmount, type Currency } from '@libs/money';
import { Store } from '@libs/persistence';
import { isGenuine, maskName, Verifications, type VerificationView } from '../../documents';
import { Payment, Receipt } from './payment.entity';

/** What the page behind the QR code of a receipt says: a voided or reversed one counts no more. */
@Injectable()
export class ReceiptVerifier implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly verifications: Verifications,
  ) {}

  onModuleInit(): void {
    this.verifications.register('RC', (serial) => this.verify(serial));
  }

  private async verify(serial: string): Promise<VerificationView | null> {
    const receipt = await this.store.reads(Receipt).findOneBy({ serial });
    if (!receipt) return null;
    const { content, paymentId } = receipt;
    const { state } = (await this.store.reads(Payment).findOneBy({ id: paymentId }))!;
    const altered = !isGenuine(receipt);
    return {
      kind: 'RECEIPT',
      status: altered ? 'ALTERED' : state === 'POSTED' ? 'VALID' : 'REVOKED',
      serial,
      issuedOn: content.paidOn,
      asOf: null,
      validUntil: null,
      holder: altered ? null : maskName(content.payer.name.split(/\s+/)),
      totals: altered
        ? []
        : content.totals.map(({ currency, amount }) => ({
            currency,
            balance: String(amount),
            formatted: formatAmount(amount, currency as Currency),
          })),
    };
  }
}
