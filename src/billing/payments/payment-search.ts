import { Injectable } from '@nestjs/common';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { Store } from '@libs/persistence';
import { In, type SelectQueryBuilder } from 'typeorm';
import { OneRecords } from '../../citizens';
import { Account } from '../accounts/account.entity';
import type { CurrencyAmount } from '../till/till.entity';
import { Payment, PaymentLine, Receipt } from './payment.entity';
import type { ListPayments } from './payments.dto';

export interface FoundPayment {
  payment: Payment;
  serial: string;
  totals: CurrencyAmount[];
}

/** Payments as lists, newest first. */
@Injectable()
export class PaymentSearch {
  constructor(
    private readonly store: Store,
    private readonly records: OneRecords,
  ) {}

  list(query: ListPayments): Promise<Page<FoundPayment>> {
    const found = this.store.query(Payment, 'p');
    if (query.shiftId !== undefined) found.andWhere('p.shiftId = :shiftId', query);
    if (query.cashierId !== undefined) found.andWhere('p.cashierId = :cashierId', query);
    if (query.state !== undefined) found.andWhere('p.state = :state', query);
    if (query.from !== undefined) found.andWhere('p.paidOn >= :from', query);
    if (query.to !== undefined) found.andWhere('p.paidOn <= :to', query);
    return this.page(found, query);
  }

  /** Those that the record made, and those on its accounts. @throws {Problem} http.not-found */
  async ofRecord(oneRecordId: number, query: PageQuery): Promise<Page<FoundPayment>> {
    const selves = await this.records.selves(oneRecordId);
    const rows = (await this.records.linkedCitizens(oneRecordId)).map(({ legacyCitizenId }) => legacyCitizenId);
    const found = this.store.query(Payment, 'p').where('p.oneRecordId IN (:...selves)', { selves });
    const paid = found
      .subQuery()
      .select('l.paymentId')
      .from(PaymentLine, 'l')
      .innerJoin(Account, 'a', 'a.id = l.accountId')
      .where('a.oneRecordId IN (:...selves)')
      .orWhere(rows.length > 0 ? 'a.legacyCitizenId IN (:...rows)' : '1 = 0');
    found.orWhere(`p.id IN ${paid.getQuery()}`, { selves, rows });
    return this.page(found, query);
  }

  private async page(found: SelectQueryBuilder<Payment>, query: PageQuery): Promise<Page<FoundPayment>> {
    const [payments, total] = await found
      .orderBy('p.paidAt', 'DESC')
      .addOrderBy('p.id', 'DESC')
      .offset(skipped(query))
      .limit(query.pageSize)
      .getManyAndCount();
    const ids = payments.map(({ id }) => id);
    const receipts = await this.store
      .reads(Receipt)
      .find({ select: { id: true, paymentId: true, serial: true }, where: { paymentId: In(ids) } });
    const serials = new Map(receipts.map(({ paymentId, serial }) => [paymentId, serial]));
    const totals = await this.totals(ids);
    const items = payments.map((payment) => ({
      payment,
      serial: serials.get(payment.id)!,
      totals: totals.get(payment.id)!,
    }));
    return pageOf(query, items, total);
  }

  private async totals(ids: readonly number[]): Promise<Map<number, CurrencyAmount[]>> {
    const rows = await this.store.selectIn<{ id: number | string; currency: string; amount: number | string }>(
      (list) =>
        `SELECT "payment_id" AS "id", "currency", SUM("amount") AS "amount" FROM "payment_lines"
         WHERE "payment_id" IN (${list}) GROUP BY "payment_id", "currency" ORDER BY "payment_id", "currency"`,
      ids,
    );
    const totals = new Map(ids.map((id) => [id, [] as CurrencyAmount[]]));
    for (const { id, currency, amount } of rows) totals.get(Number(id))!.push({ currency, amount: Number(amount) });
    return totals;
  }
}
