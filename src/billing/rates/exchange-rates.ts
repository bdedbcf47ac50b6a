import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import type { Currency } from '@libs/money';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { LessThanOrEqual } from 'typeorm';
import { Audit } from '../../identity';
import { BOOKS } from '../billing.problems';
import type { ListRates, NewRate, RateQuote } from './rates.dto';
import { RATES } from './rates.problems';
import { exchange, inverseMicros, parseRate, settle } from './rates.rules';
import { ExchangeRate } from './rate.entity';

/** How far a rate may be from the one before it without being confirmed. */
const PLAUSIBLE = 0.1;

/** A rate in force, with its currencies as such. */
export type RateInForce = ExchangeRate & { base: Currency; quote: Currency };

/** What a payment in one currency does to a debt in another, all in minor units. */
export interface Quoted {
  rate: RateInForce;
  /** Of the debt. */
  relieved: number;
  /** What that costs. */
  price: number;
  /** Paid beyond the price. */
  change: number;
}

/** Dated, sourced rates of exchange. */
@Injectable()
export class ExchangeRates {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.invalid; billing.date-in-future, rate-implausible */
  enter({ base, quote, rate: typed, validOn, source, confirmed }: NewRate, caller: Principal): Promise<ExchangeRate> {
    return this.uow.run(async () => {
      const parsed = parseRate(typed);
      if (!parsed.ok) throw invalidField('/rate', parsed.error === 'not-a-rate' ? 'notARate' : 'tooManyDecimals');
      if (base === quote) throw invalidField('/quote', 'otherCurrency');
      const enteredAt = this.clock.now();
      const today = localDateOf(enteredAt);
      const on = validOn ?? today;
      if (on > today) throw new Problem(BOOKS['billing.date-in-future']);
      const { micros } = parsed;
      const before = await this.inForce(base, quote, on);
      if (before && !confirmed && !plausible(micros, before, base)) {
        throw new Problem(RATES['billing.rate-implausible'], { extra: { validOn: before.validOn } });
      }
      const id = await this.ids.one();
      const row: ExchangeRate = { id, base, quote, micros, validOn: on, source, enteredBy: caller.userId, enteredAt };
      await this.store.insert(ExchangeRate, row);
      await this.audit.record({
        action: 'billing.rate-entered',
        detail: { id, base, quote, rate: typed, validOn: on },
      });
      return row;
    });
  }

  /** Newest first. */
  async list({ base, quote, ...query }: ListRates): Promise<Page<ExchangeRate>> {
    const [items, total] = await this.store.reads(ExchangeRate).findAndCount({
      where: { ...(base && { base }), ...(quote && { quote }) },
      order: { validOn: 'DESC', enteredAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, items, total);
  }

  /** The last rate between two currencies of that day or before, quoted either way. */
  async inForce(one: string, other: string, on: LocalDate): Promise<RateInForce | null> {
    const validOn = LessThanOrEqual(on);
    return (await this.store.reads(ExchangeRate).findOne({
      where: [
        { base: one, quote: other, validOn },
        { base: other, quote: one, validOn },
      ],
      order: { validOn: 'DESC', enteredAt: 'DESC', id: 'DESC' },
    })) as RateInForce | null;
  }

  /** The day's rate, or that of the last days that had one. @throws {Problem} billing.rate-missing */
  async ofDay(one: string, other: string, on: LocalDate): Promise<RateInForce> {
    const rate = await this.inForce(one, other, on);
    if (rate && rate.validOn >= addDays(on, -this.config.exchangeRateDays)) return rate;
    throw new Problem(RATES['billing.rate-missing'], {
      extra: { currencies: [one, other], last: rate?.validOn ?? null },
    });
  }

  /** What `paid` relieves of a debt today, or what all of the debt costs. @throws {Problem} billing.rate-missing */
  async quote({ owed, owedCurrency, paid, paidCurrency }: RateQuote<number>): Promise<Quoted> {
    const rate = await this.ofDay(owedCurrency, paidCurrency, localDateOf(this.clock.now()));
    const price = exchange(owed, owedCurrency, paidCurrency, rate);
    if (paid === undefined || paid >= price) return { rate, relieved: owed, price, change: (paid ?? price) - price };
    const settled = settle({
      debtMinor: owed,
      debtCurrency: owedCurrency,
      paidMinor: paid,
      paidCurrency,
      rateToday: { ...rate, date: rate.validOn },
      rateBooked: { ...rate, date: rate.validOn },
    });
    return { rate, relieved: settled.relievedMinor, price: settled.usedMinor, change: settled.roundingMinor };
  }
}

function plausible(micros: number, before: RateInForce, base: string): boolean {
  const known = before.base === base ? before.micros : inverseMicros(before.micros);
  return Math.abs(micros - known) <= known * PLAUSIBLE;
}
