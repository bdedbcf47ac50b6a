import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { Books } from '../books/books';
import type { EntryLine } from '../books/posting';
import { isOver } from '../periods/period.rules';
import { SharePartners } from './partners';
import { Unsettled } from './unsettled';
import { ShareSettlement, ShareSettlementLine, type SharedAmount, type SharePartner } from './share.entity';
import type { ShareLine } from './share.rules';
import { SHARES } from './shares.problems';

export interface SettlementWithLines {
  settlement: ShareSettlement;
  lines: ShareLine[];
}

const LINE = [
  'id',
  'settlementId',
  'head',
  'currency',
  'period',
  'rateFrom',
  'basisPoints',
  'collected',
  'share',
] as const;

/** Settlements of months with partners: their share of what was collected becomes theirs. */
@Injectable()
export class ShareSettlements {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly heads: ChargeHeads,
    private readonly partners: SharePartners,
    private readonly unsettled: Unsettled,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What a settlement of the month would hold now; of this month what there is so far. @throws {Problem} http.not-found */
  preview(partnerId: number, period: string): Promise<{ lines: ShareLine[]; amounts: SharedAmount[] }> {
    return this.uow.run(async () => {
      const lines = await this.unsettled.upTo(await this.partners.get(partnerId), period);
      return { lines, amounts: amountsOf(lines) };
    });
  }

  /**
   * Settles all that was collected up to the end of the month and is not settled, today. Asked again it gives what was
   * settled, and posts nothing.
   * @throws {Problem} http.not-found; billing.period-not-over, share-month-settled, nothing-to-settle, period-closed
   */
  settle(partnerId: number, period: string, caller: Principal): Promise<SettlementWithLines> {
    return this.uow.run(async () => {
      const partner = await this.partners.hold(partnerId);
      const settledAt = this.clock.now();
      const postedOn = localDateOf(settledAt);
      if (!isOver(period, postedOn)) throw new Problem(BOOKS['billing.period-not-over']);
      const last = await this.unsettled.last(partnerId);
      if (last?.period === period) return this.get(last.id);
      if (last && period < last.period) {
        throw new Problem(SHARES['billing.share-month-settled'], { extra: { settledThrough: last.period } });
      }
      const lines = await this.unsettled.upTo(partner, period);
      if (lines.length === 0) throw new Problem(SHARES['billing.nothing-to-settle']);
      const id = await this.ids.one();
      const amounts = amountsOf(lines);
      const { postingId } = await this.books.post({
        kind: 'SHARE',
        on: postedOn,
        description: `حصة ${partner.nameAr} من تحصيلات ${period}`,
        document: { type: 'share-settlement', id },
        by: caller.userId,
        entries: await this.entries(partner, lines, amounts),
      });
      const settlement: ShareSettlement = {
        id,
        partnerId,
        standingPartnerId: partnerId,
        period,
        state: 'POSTED',
        amounts,
        postedOn,
        postingId,
        settledBy: caller.userId,
        settledAt,
        reversedBy: null,
        reversedAt: null,
        reason: null,
        reversalId: null,
      };
      await this.store.insert(ShareSettlement, settlement);
      const ids = await this.ids.many(lines.length);
      await this.store.bulkInsert(
        ShareSettlementLine,
        LINE,
        lines.map((line, at) => LINE.map((column) => ({ ...line, id: ids[at], settlementId: id })[column])),
      );
      await this.audit.record({ action: 'billing.shares-settled', detail: { settlementId: id, period, amounts } });
      return { settlement, lines };
    });
  }

  /**
   * Undoes the last settlement of its partner, today: what it held is unsettled again.
   * @throws {Problem} http.not-found; billing.settlement-reversed, settlement-not-last, period-closed
   */
  reverse(id: number, reason: string, caller: Principal): Promise<SettlementWithLines> {
    return this.uow.run(async () => {
      const { settlement } = await this.get(id);
      await this.partners.hold(settlement.partnerId);
      const reversedAt = this.clock.now();
      const changes = {
        state: 'REVERSED',
        standingPartnerId: null,
        reversedBy: caller.userId,
        reversedAt,
        reason,
      } as const;
      const last = await this.unsettled.last(settlement.partnerId);
      if ((await this.store.update(ShareSettlement, { id, state: 'POSTED' }, changes)) !== 1) {
        throw new Problem(SHARES['billing.settlement-reversed']);
      }
      if (last?.id !== id) throw new Problem(SHARES['billing.settlement-not-last']);
      const { postingId: reversalId } = await this.books.reverse({
        postingId: settlement.postingId,
        on: localDateOf(reversedAt),
        description: `عكس تسوية حصص ${settlement.period}`,
        document: { type: 'share-settlement', id },
        by: caller.userId,
        reason,
      });
      await this.store.update(ShareSettlement, { id }, { reversalId });
      await this.audit.record({ action: 'billing.shares-reversed', detail: { settlementId: id } });
      return this.get(id);
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<SettlementWithLines> {
    const settlement = await this.store.reads(ShareSettlement).findOneBy({ id });
    if (!settlement) throw new Problem('http.not-found');
    return { settlement, lines: (await this.linesOf([id])).get(id)! };
  }

  /** Newest first. */
  async list(partnerId: number | undefined, query: PageQuery): Promise<Page<ShareSettlement>> {
    const [rows, total] = await this.store.reads(ShareSettlement).findAndCount({
      where: partnerId === undefined ? {} : { partnerId },
      order: { settledAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** By settlement, in their order. */
  async linesOf(settlementIds: readonly number[]): Promise<Map<number, ShareLine[]>> {
    const rows = await this.store.reads(ShareSettlementLine).find({
      where: { settlementId: In([...settlementIds]) },
      order: { period: 'ASC', head: 'ASC', currency: 'ASC', rateFrom: 'ASC', id: 'ASC' },
    });
    const lines = new Map(settlementIds.map((id) => [id, [] as ShareLine[]]));
    for (const { id: _, settlementId, ...line } of rows) lines.get(settlementId)!.push(line);
    return lines;
  }

  /** From the income of each head to the partner. */
  private async entries(
    { code }: SharePartner,
    lines: readonly ShareLine[],
    amounts: readonly SharedAmount[],
  ): Promise<EntryLine[]> {
    const heads = await this.heads.require(new Set(lines.map(({ head }) => head)));
    return [
      ...lines.map(({ head, currency, share }) => ({
        ledger: heads.get(head)!.ledger as EntryLine['ledger'],
        currency,
        amount: share,
        dimension: head,
      })),
      ...amounts.map(({ currency, share }) => ({
        ledger: 'THIRD_PARTY' as const,
        currency,
        amount: -share,
        dimension: code,
      })),
    ];
  }
}

/** In the order of the currencies' codes. */
function amountsOf(lines: readonly ShareLine[]): SharedAmount[] {
  const sums = new Map<string, SharedAmount>();
  for (const { currency, collected, share } of lines) {
    const known = sums.get(currency) ?? { currency, collected: 0, share: 0 };
    sums.set(currency, { currency, collected: known.collected + collected, share: known.share + share });
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
