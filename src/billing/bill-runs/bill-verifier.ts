import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatAmount, type Currency } from '@libs/money';
import { Store } from '@libs/persistence';
import { contentHash, maskName, Verifications, type VerificationView } from '../../documents';
import type { BillContent } from './bill-content';
import { Bill } from './bill-run.entity';

/** What the page behind the QR code of a bill says: one that was reversed counts no more. */
@Injectable()
export class BillVerifier implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly verifications: Verifications,
  ) {}

  onModuleInit(): void {
    this.verifications.register('BL', (serial) => this.verify(serial));
  }

  private async verify(serial: string): Promise<VerificationView | null> {
    const bill = await this.store.reads(Bill).findOneBy({ serial });
    if (!bill?.content) return null;
    const content = JSON.parse(bill.content) as BillContent;
    const altered = contentHash(content) !== bill.contentHash;
    const { totalDue, account, issuedOn, holder } = content;
    return {
      kind: 'BILL',
      status: altered ? 'ALTERED' : bill.state === 'REVERSED' ? 'REVOKED' : 'VALID',
      serial,
      issuedOn,
      asOf: issuedOn,
      validUntil: null,
      holder: altered ? null : maskName([holder.name]),
      totals: altered
        ? []
        : [
            {
              currency: account.currency,
              balance: String(totalDue),
              formatted: formatAmount(totalDue, account.currency as Currency),
            },
          ],
    };
  }
}
