import { Injectable } from '@nestjs/common';
import { foldDigits, normalizeName } from '@libs/arabic';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { Store } from '@libs/persistence';
import type { SelectQueryBuilder } from 'typeorm';
import { OneRecords } from '../../citizens';
import { ACCOUNTS_OF_RECORD } from '../accounts/accounts';
import { PayerReturns, type PayerReturn } from '../bank/payer-returns';
import { Payment } from '../payments/payment.entity';
import { Cheque, ChequeEvent, type ChequeLine } from './cheque.entity';
import { chequeDimension, gradeOf, type Grade } from './cheque.rules';
import { ChequeBook } from './cheque-book';
import type { DrawersQuery, ListCheques } from './cheques.dto';

export interface FoundCheque {
  cheque: Cheque;
  /** Serial of the receipt. */
  receipt: string;
}

export interface ChequeWithLife extends FoundCheque {
  lines: ChequeLine[];
  events: ChequeEvent[];
  /** Minor units that pay nothing, as their account was closed. */
  suspended: number;
  /** What of the suspended went, or is to go, back to the payer. */
  payerReturns: PayerReturn[];
}

export interface DiaryDay {
  dueOn: string;
  currency: string;
  count: number;
  amount: number;
}

export interface Drawer {
  drawerKey: string;
  name: string;
  cheques: number;
  cleared: number;
  returned: number;
  grade: Grade;
}

const IN_HAND = `('RECEIVED', 'HELD', 'DUE')`;

type Numeric = number | string;

/** Cheques as lists. */
@Injectable()
export class ChequeSearch {
  constructor(
    private readonly store: Store,
    private readonly book: ChequeBook,
    private readonly records: OneRecords,
    private readonly returns: PayerReturns,
  ) {}

  /** By due date. */
  list(query: ListCheques): Promise<Page<FoundCheque>> {
    const found = this.store.query(Cheque, 'c');
    if (query.state !== undefined) found.andWhere('c.state = :state', query);
    if (query.dueFrom !== undefined) found.andWhere('c.dueOn >= :dueFrom', query);
    if (query.dueTo !== undefined) found.andWhere('c.dueOn <= :dueTo', query);
    if (query.number !== undefined) found.andWhere('c.number = :number', { number: foldDigits(query.number) });
    if (query.drawerKey !== undefined) found.andWhere('c.drawerKey = :drawerKey', query);
    if (query.shiftId !== undefined) {
      const ofShift = found.subQuery().select('p.id').from(Payment, 'p').where('p.shiftId = :shiftId');
      found.andWhere(`c.paymentId IN ${ofShift.getQuery()}`, query);
    }
    return this.page(found, query);
  }

  /** Those that the record brought and those for its accounts. @throws {Problem} http.not-found */
  async ofRecord(oneRecordId: number, query: PageQuery): Promise<Page<FoundCheque>> {
    const selves = await this.records.selves(oneRecordId);
    const brought = `SELECT p."id" FROM "payments" p WHERE p."one_record_id" IN (:...selves)`;
    const meant = `SELECT l."cheque_id" FROM "cheque_lines" l WHERE l."account_id" IN (${ACCOUNTS_OF_RECORD})`;
    const found = this.store.query(Cheque, 'c').where(`c.paymentId IN (${brought})`, { selves, oneRecordId });
    return this.page(found.orWhere(`c.id IN (${meant})`), query);
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<ChequeWithLife> {
    const cheque = await this.store.reads(Cheque).findOneBy({ id });
    if (!cheque) throw new Problem('http.not-found');
    const events = await this.store
      .reads(ChequeEvent)
      .find({ where: { chequeId: id }, order: { happenedAt: 'ASC', id: 'ASC' } });
    const [found] = await this.withReceipts([cheque]);
    return {
      ...found!,
      lines: await this.book.linesOf([id]),
      events,
      suspended: await this.book.suspended(id),
      payerReturns: await this.returns.of(chequeDimension(id)),
    };
  }

  async withReceipts(cheques: readonly Cheque[]): Promise<FoundCheque[]> {
    const receipts = await this.store.selectIn<{ payment_id: Numeric; serial: string }>(
      (list) => `SELECT "payment_id", "serial" FROM "receipts" WHERE "payment_id" IN (${list})`,
      [...new Set(cheques.map(({ paymentId }) => paymentId))],
    );
    const serials = new Map(receipts.map(({ payment_id, serial }) => [Number(payment_id), serial]));
    return cheques.map((cheque) => ({ cheque, receipt: serials.get(cheque.paymentId)! }));
  }

  /** What is in hand, by the day on which it falls due. */
  async diary(from: string, to: string): Promise<DiaryDay[]> {
    const rows = await this.store.sql<{ due_on: string; currency: string; count: Numeric; amount: Numeric }>(
      `SELECT "due_on", "currency", COUNT(*) AS "count", SUM("amount") AS "amount" FROM "cheques"
       WHERE "due_on" >= ? AND "due_on" <= ? AND "state" IN ${IN_HAND}
       GROUP BY "due_on", "currency" ORDER BY "due_on", "currency"`,
      [from, to],
    );
    return rows.map(({ due_on: dueOn, currency, count, amount }) => {
      return { dueOn, currency, count: Number(count), amount: Number(amount) };
    });
  }

  /** Those with most returned cheques first. Cheques that were given back with their payment do not count. */
  async drawers({ name, ...query }: DrawersQuery): Promise<Page<Drawer>> {
    const wanted = name && normalizeName(name).replace(/[%_[\]]/g, ' ');
    const where = `"state" <> 'CANCELLED'${wanted ? ' AND "drawer_name" LIKE ?' : ''}`;
    const parameters = wanted ? [`%${wanted}%`] : [];
    const sql = `SELECT "drawer_key", MAX("drawer") AS "name", COUNT(*) AS "cheques",
        SUM(CASE WHEN "state" = 'CLEARED' OR "returns" > 0 THEN 1 ELSE 0 END) AS "answered",
        SUM(CASE WHEN "state" = 'CLEARED' THEN 1 ELSE 0 END) AS "cleared",
        SUM(CASE WHEN "returns" > 0 THEN 1 ELSE 0 END) AS "returned"
      FROM "cheques" WHERE ${where} GROUP BY "drawer_key"`;
    const page = this.store.page(sql, '"returned" DESC, "drawer_key"', skipped(query), query.pageSize);
    const rows = await this.store.sql<
      { drawer_key: string; name: string } & Record<'cheques' | 'answered' | 'cleared' | 'returned', Numeric>
    >(page, parameters);
    const [total] = await this.store.sql<{ n: Numeric }>(
      `SELECT COUNT(DISTINCT "drawer_key") AS "n" FROM "cheques" WHERE ${where}`,
      parameters,
    );
    const items = rows.map(({ drawer_key: drawerKey, name: drawer, answered, ...row }) => {
      const [cheques, cleared, returned] = [Number(row.cheques), Number(row.cleared), Number(row.returned)];
      return { drawerKey, name: drawer, cheques, cleared, returned, grade: gradeOf(Number(answered), returned) };
    });
    return pageOf(query, items, Number(total!.n));
  }

  private async page(found: SelectQueryBuilder<Cheque>, query: PageQuery): Promise<Page<FoundCheque>> {
    const [cheques, total] = await found
      .orderBy('c.dueOn', 'ASC')
      .addOrderBy('c.id', 'ASC')
      .offset(skipped(query))
      .limit(query.pageSize)
      .getManyAndCount();
    return pageOf(query, await this.withReceipts(cheques), total);
  }
}
