import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { Books } from '../books/books';
import { bankDimension } from '../till/bank-dimension';
import { amountOf } from '../till/amounts';
import { SharePartners } from './partners';
import { ShareRemittance } from './share.entity';
import { SHARES } from './shares.problems';

/** As it is typed. */
export interface TypedRemittance {
  currency: string;
  amount: string;
  /** Default today. */
  paidOn?: string;
  bankAccount: string;
  reference: string;
}

/** What is due to partners is paid out to them, and what was paid comes back when a bank refuses it. */
@Injectable()
export class ShareRemittances {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly partners: SharePartners,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found, http.invalid; billing.exceeds-due (with what is due), date-in-future, period-closed */
  pay(partnerId: number, typed: TypedRemittance, caller: Principal): Promise<ShareRemittance> {
    return this.uow.run(async () => {
      const partner = await this.partners.hold(partnerId);
      const { currency, reference } = typed;
      const bankAccount = await bankDimension(this.store, typed.bankAccount);
      const amount = amountOf(typed.amount, currency, '/amount');
      const due = (await this.partners.due(partner)).find((each) => each.currency === currency)?.amount ?? 0;
      if (amount > due) throw new Problem(SHARES['billing.exceeds-due'], { extra: { due: String(due) } });
      const [id, paidAt] = [await this.ids.one(), this.clock.now()];
      const paidOn = typed.paidOn ?? localDateOf(paidAt);
      const { postingId } = await this.books.post({
        kind: 'BANK',
        on: paidOn,
        description: `تحويل إلى ${partner.nameAr} ${reference}`,
        document: { type: 'share-remittance', id },
        by: caller.userId,
        entries: [
          { ledger: 'THIRD_PARTY', currency, amount, dimension: partner.code },
          { ledger: 'BANK', currency, amount: -amount, dimension: bankAccount },
        ],
      });
      const remittance: ShareRemittance = {
        id,
        partnerId,
        state: 'POSTED',
        currency,
        amount,
        paidOn,
        bankAccount,
        reference,
        postingId,
        paidBy: caller.userId,
        paidAt,
        reversedBy: null,
        reversedAt: null,
        reason: null,
        reversalId: null,
      };
      await this.store.insert(ShareRemittance, remittance);
      const detail = { remittanceId: id, partnerId, currency, amount: String(amount), reference };
      await this.audit.record({ action: 'billing.share-remitted', detail });
      return remittance;
    });
  }

  /** Today. @throws {Problem} http.not-found; billing.remittance-reversed, period-closed */
  reverse(id: number, reason: string, caller: Principal): Promise<ShareRemittance> {
    return this.uow.run(async () => {
      const remittance = await this.store.reads(ShareRemittance).findOneBy({ id });
      if (!remittance) throw new Problem('http.not-found');
      await this.partners.hold(remittance.partnerId);
      const reversedAt = this.clock.now();
      const changes = { state: 'REVERSED', reversedBy: caller.userId, reversedAt, reason } as const;
      if ((await this.store.update(ShareRemittance, { id, state: 'POSTED' }, changes)) !== 1) {
        throw new Problem(SHARES['billing.remittance-reversed']);
      }
      const { postingId: reversalId } = await this.books.reverse({
        postingId: remittance.postingId,
        on: localDateOf(reversedAt),
        description: `عكس تحويل ${remittance.reference}`,
        document: { type: 'share-remittance', id },
        by: caller.userId,
        reason,
      });
      await this.store.update(ShareRemittance, { id }, { reversalId });
      await this.audit.record({ action: 'billing.share-remittance-reversed', detail: { remittanceId: id } });
      return { ...remittance, ...changes, reversalId };
    });
  }

  /** Newest first. @throws {Problem} http.not-found */
  async list(partnerId: number, query: PageQuery): Promise<Page<ShareRemittance>> {
    await this.partners.get(partnerId);
    const [rows, total] = await this.store.reads(ShareRemittance).findAndCount({
      where: { partnerId },
      order: { paidOn: 'DESC', paidAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }
}
