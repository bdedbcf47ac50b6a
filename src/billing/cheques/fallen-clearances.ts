import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { OneRecords } from '../../citizens';
import { Account } from '../accounts/account.entity';
import { Clearances } from '../clearances/clearances';
import { Payment } from '../payments/payment.entity';
import type { Cheque, ChequeLine } from './cheque.entity';

/** Clearance certificates that rest on a cheque which came back. */
@Injectable()
export class FallenClearances {
  constructor(
    private readonly store: Store,
    private readonly records: OneRecords,
    private readonly clearances: Clearances,
  ) {}

  /**
   * Those of the records whose accounts the cheque had relieved, issued since it was taken. Its accounts are held, so
   * none is issued meanwhile.
   */
  async revoke({ paymentId, number }: Cheque, lines: readonly ChequeLine[], by: number): Promise<void> {
    const relieved = lines.filter(({ creditId }) => creditId !== null).map(({ accountId }) => accountId);
    if (relieved.length === 0) return;
    const accounts = await this.store.reads(Account).findBy({ id: In(relieved) });
    const holders = await this.records.holderOf(accounts.flatMap(({ legacyCitizenId }) => legacyCitizenId ?? []));
    const own = accounts.flatMap(({ oneRecordId }) => oneRecordId ?? []);
    const recordIds = new Set([...own, ...[...holders.values()].map(({ oneRecordId }) => oneRecordId)]);
    const { paidAt } = (await this.store.reads(Payment).findOneBy({ id: paymentId }))!;
    await this.clearances.revokeIssuedSince([...recordIds], paidAt, `شيك راجع رقم ${number}`, by);
  }
}
