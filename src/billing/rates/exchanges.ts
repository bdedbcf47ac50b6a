import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { Problem } from '@libs/http';
import type { Currency } from '@libs/money';
import { Store } from '@libs/persistence';
import { Books } from '../books/books';
import type { Allocated } from '../books/posting';
import type { CurrencyAmount } from '../till/till.entity';
import { rateText } from './rates.dto';
import { RATES } from './rates.problems';
import { exchange } from './rates.rules';
import { ExchangeRates, type RateInForce } from './exchange-rates';

interface Exchanged extends CurrencyAmount {
  pays: CurrencyAmount;
}

/** Payments of a debt in another currency: at the day's rate, the difference to the rate of the debt's day is a gain or loss. */
@Injectable()
export class Exchanges {
  constructor(
    private readonly store: Store,
    private readonly books: Books,
    private readonly known: ExchangeRates,
  ) {}

  /**
   * The rate of each tender, null for one that pays its own currency.
   * @throws {Problem} billing.rate-missing; rate-differs when the tender is not what the debt costs
   */
  async rates(tenders: readonly Exchanged[], on: LocalDate): Promise<(RateInForce | null)[]> {
    const rates: (RateInForce | null)[] = [];
    for (const { currency, amount, pays } of tenders) {
      if (currency === pays.currency) {
        rates.push(null);
        continue;
      }
      const rate = await this.known.ofDay(pays.currency, currency, on);
      const price = exchange(pays.amount, pays.currency as Currency, currency as Currency, rate);
      if (price !== amount)
        throw new Problem(RATES['billing.rate-differs'], { extra: { currency, price: String(price) } });
      rates.push(rate);
    }
    return rates;
  }

  /** As a receipt tells it. */
  said({ pays }: Exchanged, rate: RateInForce | null) {
    if (!rate) return undefined;
    const { base, quote, micros, validOn, source } = rate;
    return { base, quote, rate: rateText(micros), date: validOn, source, settles: pays };
  }

  /** Posts what the charges paid would have cost on their own days against what they cost today. */
  async postDifference(
    payment: { id: number; on: LocalDate; by: number | null },
    tenders: readonly Exchanged[],
    lines: readonly CurrencyAmount[],
    credits: readonly { allocated: readonly Allocated[] }[],
    rates: readonly (RateInForce | null)[],
  ): Promise<void> {
    if (rates.every((rate) => rate === null)) return;
    const { id, on, by } = payment;
    const parts = exchangedParts(tenders, lines, credits);
    const days = await this.days(parts.flatMap(({ charges }) => charges));
    const gains = new Map<string, number>();
    const known = new Map<string, RateInForce | null>();
    for (const [at, { charges }] of parts.entries()) {
      const { currency, pays } = tenders[at]!;
      for (const { chargeId, amount } of charges) {
        const day = days.get(chargeId)!;
        const key = `${pays.currency} ${currency} ${day}`;
        if (!known.has(key)) known.set(key, await this.known.inForce(pays.currency, currency, day));
        const booked = known.get(key);
        if (!booked) continue;
        const [from, to] = [pays.currency as Currency, currency as Currency];
        const gain = exchange(amount, from, to, rates[at]!) - exchange(amount, from, to, booked);
        gains.set(currency, (gains.get(currency) ?? 0) + gain);
      }
    }
    const entries = [...gains].flatMap(([currency, amount]) => [
      { ledger: 'EXCHANGE' as const, currency, amount },
      { ledger: 'EXCHANGE_DIFFERENCE' as const, currency, amount: -amount },
    ]);
    if (entries.every(({ amount }) => amount === 0)) return;
    const document = { type: 'payment', id };
    await this.books.post({ kind: 'EXCHANGE', on, description: 'فرق عملة', document, by, entries });
  }

  private async days(charges: readonly Allocated[]): Promise<Map<number, LocalDate>> {
    const rows = await this.store.selectIn<{ id: number | string; charged_on: string }>(
      (list) => `SELECT "id", "charged_on" FROM "charges" WHERE "id" IN (${list})`,
      [...new Set(charges.map(({ chargeId }) => chargeId))],
    );
    return new Map(rows.map((row) => [Number(row.id), row.charged_on]));
  }
}

/**
 * By tender: the parts of charges that it pays when it is money of another currency. Tenders of the debt's own currency
 * pay first, then the others in their order.
 */
export function exchangedParts(
  tenders: readonly Exchanged[],
  lines: readonly CurrencyAmount[],
  credits: readonly { allocated: readonly Allocated[] }[],
): { charges: Allocated[] }[] {
  const open = new Map<string, Allocated[]>();
  lines.forEach(({ currency }, at) => {
    open.set(currency, [...(open.get(currency) ?? []), ...credits[at]!.allocated.map((each) => ({ ...each }))]);
  });
  const take = (currency: string, amount: number): Allocated[] => {
    const taken: Allocated[] = [];
    let left = amount;
    for (const charge of open.get(currency) ?? []) {
      const part = Math.min(charge.amount, left);
      if (part > 0) taken.push({ chargeId: charge.chargeId, amount: part });
      charge.amount -= part;
      left -= part;
    }
    return taken;
  };
  for (const { currency, amount, pays } of tenders) if (currency === pays.currency) take(currency, amount);
  return tenders.map(({ currency, pays }) => ({
    charges: currency === pays.currency ? [] : take(pays.currency, pays.amount),
  }));
}
