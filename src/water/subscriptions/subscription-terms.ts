import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { invalidField } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { FormerTerms, Subscription } from './subscription.entity';
import { Subscriptions, type NewEvent } from './subscriptions';

/** What a tariff looks at. */
export type Terms = Pick<Subscription, 'waterClass' | 'sizeMm' | 'units'>;

const KINDS: readonly [keyof Terms, string][] = [
  ['waterClass', 'CLASS'],
  ['sizeMm', 'SIZE'],
  ['units', 'UNITS'],
];

export interface TermsChange extends Pick<NewEvent, 'reason' | 'documentType' | 'documentId'> {
  /** First day of the new terms; left out: today, or the first day that is not billed if that is later. */
  effectiveOn?: LocalDate | undefined;
  by: number;
}

/** The one place where class, size and units change: from a day on, which no standing bill covers. */
@Injectable()
export class SubscriptionTerms {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly subscriptions: Subscriptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * In the active unit, with the account held: no bill comes in between.
   * @returns the subscription as it is then
   * @throws {Problem} http.invalid for a day in the future, billed, or before the last change
   * @throws {StaleVersionError} when another was faster
   */
  async change(subscription: Subscription, to: Partial<Terms>, change: TermsChange): Promise<Subscription> {
    const { effectiveOn, by, ...document } = change;
    const changed = KINDS.filter(([term]) => to[term] !== undefined && to[term] !== subscription[term]);
    if (changed.length === 0) return subscription;
    const on = await this.firstDay(subscription, effectiveOn);
    const version = await this.store.updateVersioned<Subscription>(Subscription, subscription, to);
    await this.keep(subscription, addDays(on, -1));
    for (const [term, kind] of changed) {
      const [fromState, toState] = [String(subscription[term]), String(to[term])];
      const event = { subscriptionId: subscription.id, kind, fromState, toState, happenedOn: on };
      await this.subscriptions.record({ ...event, ...document, recordedBy: by });
    }
    return { ...subscription, ...to, version };
  }

  private async firstDay({ id }: Subscription, wanted: LocalDate | undefined): Promise<LocalDate> {
    const [billed] = await this.store.sql<{ last: LocalDate | null }>(
      'SELECT MAX("to_on") AS "last" FROM "water_ratings" WHERE "standing_subscription_id" = ?',
      [id],
    );
    const open = billed?.last ? addDays(billed.last, 1) : '';
    const today = localDateOf(this.clock.now());
    const latest = open > today ? open : today;
    if (wanted === undefined) return latest;
    if (wanted > latest) throw invalidField('/effectiveOn', 'notAfterToday');
    if (wanted < open) throw invalidField('/effectiveOn', 'billed');
    return wanted;
  }

  /** Terms that began on the day of the change never were. */
  private async keep({ id, openedOn, waterClass, sizeMm, units }: Subscription, untilOn: LocalDate): Promise<void> {
    const [former] = await this.store.reads(FormerTerms).find({
      where: { subscriptionId: id },
      order: { untilOn: 'DESC' },
      take: 1,
    });
    if (former && former.untilOn > untilOn) throw invalidField('/effectiveOn', 'beforeLastChange');
    if (former?.untilOn === untilOn || untilOn < openedOn) return;
    const terms = { subscriptionId: id, untilOn, waterClass, sizeMm, units };
    await this.store.insert(FormerTerms, { id: await this.ids.one(), ...terms });
  }
}
