import { Inject, Injectable } from '@nestjs/common';
import { addMonths, daysBetween, daysInMonth, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { toDecimalString } from '@libs/money';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import type { Rating } from '@libs/tariff';
import { IsNull, LessThan, Not } from 'typeorm';
import { Adjustments, Corrections } from '../../billing';
import { Audit } from '../../identity';
import { SOURCE } from '../billing/rating-store';
import { WaterRating } from '../billing/rating.entity';
import { headsOf } from '../billing/water-lines.rules';
import { Subscription } from '../subscriptions/subscription.entity';
import { cubicMetres } from '../tariffs/rating.view';
import { Tariffs } from '../tariffs/tariffs';
import { LeakAllowance, type LeakComputation } from './leak-allowance.entity';
import { reliefOf, usualIn } from './leak.rules';
import type { ProposeLeakAllowance } from './leaks.dto';
import { LEAKS } from './leaks.problems';

const CYCLES = 12;
/** Credit notes that came to nothing. */
const DEAD = ['REJECTED', 'REVERSED'];

/** Allowances for leaks: computed and proposed as credit notes, once in so many months. */
@Injectable()
export class LeakAllowances {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly tariffs: Tariffs,
    private readonly adjustments: Adjustments,
    private readonly corrections: Corrections,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws {Problem} http.not-found, http.invalid; water.leak-not-billed, leak-no-average, leak-no-excess,
   * leak-allowed-before; billing.exceeds-charge when so much is not left of the bill
   */
  propose(subscriptionId: number, input: ProposeLeakAllowance, by: Principal): Promise<LeakAllowance> {
    const { period, repairedOn, documentNumber } = input;
    if (repairedOn > localDateOf(this.clock.now())) throw invalid('notInFuture');
    return this.uow.run(async () => {
      await this.store.hold(Subscription, [subscriptionId]);
      if (!(await this.store.reads(Subscription).existsBy({ id: subscriptionId }))) throw new Problem('http.not-found');
      const row = await this.billed(subscriptionId, period);
      if (repairedOn < row.fromOn) throw invalid('notBeforeCycle');
      await this.refuseSecond(subscriptionId, repairedOn);
      const computation = await this.compute(row);
      const { heads } = computation;
      const total = heads.reduce((sum, { relief }) => sum + relief, 0);
      const usualLitres = usualIn(daysOf(row), { litres: computation.usualLitres, days: computation.usualDays });
      const adjustmentIds = await this.credit(row, heads, this.reasonOf(row, usualLitres, repairedOn), input, by);
      const allowance: LeakAllowance = {
        ...{ id: await this.ids.one(), subscriptionId, ratingId: row.id, period, repairedOn, documentNumber },
        ...{ litres: row.litres, usualLitres, total, computation, adjustmentIds },
        ...{ proposedBy: by.userId, proposedAt: this.clock.now() },
      };
      await this.store.insert(LeakAllowance, allowance);
      const detail = { allowanceId: allowance.id, subscriptionId, total: String(total) };
      await this.audit.record({ action: 'water.leak-allowance-proposed', detail });
      return allowance;
    });
  }

  /** Newest first. @throws {Problem} http.not-found */
  async of(subscriptionId: number): Promise<LeakAllowance[]> {
    if (!(await this.store.reads(Subscription).existsBy({ id: subscriptionId }))) throw new Problem('http.not-found');
    return this.store
      .reads(LeakAllowance)
      .find({ where: { subscriptionId }, order: { proposedAt: 'DESC', id: 'DESC' } });
  }

  private async billed(subscriptionId: number, period: string): Promise<WaterRating> {
    const [row] = await this.store.reads(WaterRating).find({
      where: { standingSubscriptionId: subscriptionId, period, estimated: false },
      order: { fromOn: 'DESC' },
      take: 1,
    });
    if (!row) throw new Problem(LEAKS['water.leak-not-billed']);
    return row;
  }

  private async refuseSecond(subscriptionId: number, repairedOn: string): Promise<void> {
    const since = addMonths(repairedOn, -this.config.waterLeakMonths);
    for (const allowance of await this.store.reads(LeakAllowance).findBy({ subscriptionId })) {
      if (allowance.repairedOn <= since) continue;
      const states = [];
      for (const id of allowance.adjustmentIds) states.push((await this.adjustments.get(id)).state);
      if (states.every((state) => DEAD.includes(state))) continue;
      throw new Problem(LEAKS['water.leak-allowed-before'], { extra: { allowanceId: allowance.id } });
    }
  }

  private async compute(row: WaterRating): Promise<LeakComputation> {
    const before = (await this.ratedBefore(row)) ?? (await this.readBefore(row));
    if (!before) throw new Problem(LEAKS['water.leak-no-average']);
    const usualLitres = usualIn(daysOf(row), before);
    if (usualLitres >= row.litres) throw new Problem(LEAKS['water.leak-no-excess']);
    const billed = JSON.parse(row.rating) as Rating;
    // By the versions of the bill, whatever is approved since.
    const book = await this.tariffs.bookOf(JSON.parse(row.tariffIds) as number[]);
    const usual = book.rate({ ...billed, litres: usualLitres }, row);
    const tariffOf = (code: string) => book.tariff(code);
    const relief = this.config.waterLeakRelief;
    const excess = row.litres - usualLitres;
    const heads = reliefOf(headsOf(billed, tariffOf), headsOf(usual, tariffOf), excess, relief);
    if (heads.length === 0) throw new Problem(LEAKS['water.leak-no-excess']);
    return { usualLitres: before.litres, usualDays: before.days, relief, heads };
  }

  private async ratedBefore({ subscriptionId, fromOn }: WaterRating): Promise<{ litres: number; days: number } | null> {
    const rows = await this.store.reads(WaterRating).find({
      where: { subscriptionId, standingSubscriptionId: Not(IsNull()), fromOn: LessThan(fromOn) },
      order: { fromOn: 'DESC' },
      take: CYCLES,
    });
    return summed(rows.map((row) => ({ litres: row.litres, days: daysOf(row) })));
  }

  /** What the old systems read. */
  private async readBefore({ subscriptionId, period }: WaterRating): Promise<{ litres: number; days: number } | null> {
    const rows = await this.store.sql<{ period: string; used: number | string }>(
      this.store.page(
        `SELECT "period", SUM(CAST("consumption" AS bigint)) AS "used" FROM "water_readings"
         WHERE "subscription_id" = ? AND "period" < ? AND "consumption" IS NOT NULL
           AND "standing_installation_id" IS NOT NULL GROUP BY "period"`,
        '"period" DESC',
        0,
        CYCLES,
      ),
      [subscriptionId, period],
    );
    return summed(rows.map((row) => ({ litres: Number(row.used) * 1000, days: daysInMonth(`${row.period}-01`) })));
  }

  private async credit(
    { accountId, period }: WaterRating,
    heads: LeakComputation['heads'],
    reason: string,
    { documentNumber }: ProposeLeakAllowance,
    by: Principal,
  ): Promise<number[]> {
    const charges = await this.corrections.chargesOf(SOURCE, [accountId], period);
    const ids: number[] = [];
    for (const { head, relief } of heads) {
      const own = charges.filter((charge) => charge.head === head);
      const whole = own.find(({ left }) => left >= relief) ?? own[0];
      if (!whole) throw new Problem(LEAKS['water.leak-not-billed']);
      const proposal = { chargeId: whole.id, amount: toDecimalString(relief, 'ILS'), reason, documentNumber };
      ids.push((await this.adjustments.proposeOnCharge('CREDIT_NOTE', proposal, by)).id);
    }
    return ids;
  }

  private reasonOf({ period, litres }: WaterRating, usualLitres: number, repairedOn: string): string {
    const relief = this.config.waterLeakRelief;
    const rule = 'percent' in relief ? `${relief.percent}% من ثمن الزيادة` : `ما فوق ${relief.price / 1e6} للم³ الزائد`;
    const [used, usual] = [cubicMetres(litres), cubicMetres(usualLitres)];
    return `سماح تسرب أُصلح في ${repairedOn}: استهلاك ${period} ${used} م³ والمعتاد ${usual} م³، يُخصم ${rule}`;
  }
}

const daysOf = ({ fromOn, toOn }: WaterRating): number => daysBetween(fromOn, toOn) + 1;

function summed(cycles: readonly { litres: number; days: number }[]): { litres: number; days: number } | null {
  if (cycles.length === 0) return null;
  const sum = (of: 'litres' | 'days') => cycles.reduce((total, cycle) => total + cycle[of], 0);
  return { litres: sum('litres'), days: sum('days') };
}

const invalid = (code: string): Problem => invalidField('/repairedOn', code);
