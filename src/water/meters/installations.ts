import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { PrepaidEnds } from '../prepaid/prepaid-ends';
import type { Subscription, SubscriptionState } from '../subscriptions/subscription.entity';
import { SubscriptionStates } from '../subscriptions/subscription-states';
import { Subscriptions, type SubscriptionDetail } from '../subscriptions/subscriptions';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { RemovalReadings } from './removal-readings';
import type { InstallMeter, RemoveMeter, ReplaceMeter, SwapMeters, TakenOff } from './installations.dto';
import { Installation, Meter, type MeterState } from './meter.entity';
import { MeterEvents } from './meter-events';
import { shows } from './meter.rules';
import { METERS } from './meters.problems';

/** A meter is put up at what is approved, and at what has water or had it and will have it again. */
const TAKES_METER: readonly SubscriptionState[] = ['APPROVED', 'ACTIVE', 'HOLD', 'DISCONNECTED', 'TEMP_CLOSED'];

interface Placed {
  meter: Meter;
  initialReading: number;
  seal?: string | undefined;
}

/** Meters put up, taken off and exchanged. Locks: the accounts, the subscriptions, then the meters, each ascending. */
@Injectable()
export class Installations {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly states: SubscriptionStates,
    private readonly subscriptions: Subscriptions,
    private readonly finals: RemovalReadings,
    private readonly prepaid: PrepaidEnds,
    private readonly events: MeterEvents,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * An APPROVED subscription becomes ACTIVE by it.
   * @throws {Problem} http.not-found; water.subscription-state, meter-present, meter-unknown, meter-state,
   * day-not-possible, not-on-the-register
   */
  install(subscriptionId: number, input: InstallMeter, by: Principal): Promise<SubscriptionDetail> {
    return this.uow.run(async () => {
      const subscription = await this.states.hold(subscriptionId);
      if (await this.standing(subscriptionId)) throw new Problem(METERS['water.meter-present']);
      const meter = await this.inStock(input.serial);
      await this.put(subscription, { ...input, meter }, input.on, by);
      return this.done(subscriptionId, 'installed', by);
    });
  }

  /** Both in one act. @throws {Problem} as {@link install} and {@link remove} */
  replace(subscriptionId: number, input: ReplaceMeter, by: Principal): Promise<SubscriptionDetail> {
    const { on, reason, off, put } = input;
    return this.uow.run(async () => {
      const [subscription] = (await this.states.holdWithAccounts([subscriptionId])) as [Subscription];
      const meter = await this.inStock(put.serial);
      await this.takeOff(subscription, off, on, { to: off.to, reason }, by);
      await this.put(subscription, { ...put, meter }, on, by);
      await this.prepaid.meterGone(subscription, on, by.userId);
      return this.done(subscriptionId, 'replaced', by);
    });
  }

  /** @throws {Problem} http.not-found; water.other-meter, day-not-possible, not-on-the-register */
  remove(subscriptionId: number, { on, reason, off }: RemoveMeter, by: Principal): Promise<SubscriptionDetail> {
    return this.uow.run(async () => {
      const [subscription] = (await this.states.holdWithAccounts([subscriptionId])) as [Subscription];
      await this.takeOff(subscription, off, on, { to: off.to, reason }, by);
      await this.prepaid.meterGone(subscription, on, by.userId);
      return this.done(subscriptionId, 'removed', by);
    });
  }

  /** Two meters were put down at each other's subscriptions: each goes on where it really stands. @throws as {@link replace} */
  swap({ on, reason, first, second }: SwapMeters, by: Principal): Promise<SubscriptionDetail[]> {
    if (first.subscriptionId === second.subscriptionId) {
      throw invalidField('/second/subscriptionId', 'same');
    }
    const sides = [first, second].sort((a, b) => a.subscriptionId - b.subscriptionId);
    return this.uow.run(async () => {
      const subscriptions = await this.states.holdWithAccounts(sides.map(({ subscriptionId }) => subscriptionId));
      const held: { subscription: Subscription; meter: Meter; reading: number }[] = [];
      for (const [at, { serial, finalReading }] of sides.entries()) {
        const subscription = subscriptions[at]!;
        const meter = await this.takeOff(subscription, { serial, finalReading }, on, { to: 'STOCK', reason }, by);
        held.push({ subscription, meter, reading: finalReading });
      }
      for (const [at, { subscription }] of held.entries()) {
        const { meter, reading } = held[1 - at]!;
        await this.put(subscription, { meter, initialReading: reading, seal: meter.seal ?? undefined }, on, by);
        await this.prepaid.meterGone(subscription, on, by.userId);
      }
      await this.audit.record({ action: 'water.meters-swapped', detail: { first, second, on } });
      return [await this.subscriptions.get(first.subscriptionId), await this.subscriptions.get(second.subscriptionId)];
    });
  }

  private async put(subscription: Subscription, { meter, initialReading, seal }: Placed, on: LocalDate, by: Principal) {
    const { id: subscriptionId, state, openedOn } = subscription;
    if (!TAKES_METER.includes(state))
      throw new Problem(SUBSCRIPTIONS['water.subscription-state'], { extra: { state } });
    if (!shows(meter.digits, initialReading)) throw new Problem(METERS['water.not-on-the-register']);
    const [before] = await this.store
      .reads(Installation)
      .find({ where: [{ subscriptionId }, { meterId: meter.id }], order: { removedOn: 'DESC', id: 'DESC' }, take: 1 });
    this.checkDay(on, before?.removedOn && before.removedOn > openedOn ? before.removedOn : openedOn);
    const claimed = await this.store.update(
      Meter,
      { id: meter.id, state: 'STOCK' },
      { state: 'INSTALLED', seal: seal || null, version: (() => '"version" + 1') as never },
    );
    if (claimed === 0) throw new Problem(METERS['water.meter-state'], { extra: { serial: meter.serial } });
    await this.store.insert(Installation, {
      ...{ id: await this.ids.one(), meterId: meter.id, subscriptionId, installedOn: on, initialReading },
      ...{ removedOn: null, finalReading: null, openSubscriptionId: subscriptionId, openMeterId: meter.id },
    });
    await this.tell('INSTALLED', 'INSTALLED', subscriptionId, meter, on, null, by);
    if (state === 'APPROVED') {
      const document = { type: 'meter', id: meter.id };
      await this.states.move(subscription, { to: 'ACTIVE', on, by: by.userId, document });
    }
  }

  private async takeOff(
    { id: subscriptionId }: Subscription,
    { serial, finalReading }: Pick<TakenOff, 'serial' | 'finalReading'>,
    on: LocalDate,
    { to, reason }: { to: MeterState; reason: string },
    by: Principal,
  ): Promise<Meter> {
    const installation = await this.standing(subscriptionId);
    const meter = installation && (await this.store.reads(Meter).findOneBy({ id: installation.meterId }));
    if (!meter || meter.serial !== serial) throw new Problem(METERS['water.other-meter']);
    if (!shows(meter.digits, finalReading)) throw new Problem(METERS['water.not-on-the-register']);
    this.checkDay(on, installation.installedOn);
    await this.finals.record(installation, finalReading, on, by.userId);
    const closed = { removedOn: on, finalReading, openSubscriptionId: null, openMeterId: null };
    const taken = await this.store.update(Installation, { id: installation.id, openMeterId: meter.id }, closed);
    if (taken === 0) throw new Problem(METERS['water.other-meter']);
    await this.store.updateVersioned(Meter, meter, { state: to });
    await this.tell('REMOVED', to, subscriptionId, meter, on, reason, by);
    return { ...meter, state: to };
  }

  private standing(openSubscriptionId: number): Promise<Installation | null> {
    return this.store.reads(Installation).findOneBy({ openSubscriptionId });
  }

  private async inStock(serial: string): Promise<Meter> {
    const meter = await this.store.reads(Meter).findOneBy({ serial });
    if (!meter) throw new Problem(METERS['water.meter-unknown'], { extra: { serial } });
    if (meter.state !== 'STOCK')
      throw new Problem(METERS['water.meter-state'], { extra: { serial, state: meter.state } });
    return meter;
  }

  private checkDay(on: LocalDate, earliest: LocalDate): void {
    const latest = localDateOf(this.clock.now());
    if (on < earliest || on > latest)
      throw new Problem(METERS['water.day-not-possible'], { extra: { earliest, latest } });
  }

  private async tell(
    act: 'INSTALLED' | 'REMOVED',
    state: MeterState,
    subscriptionId: number,
    { id: meterId, serial }: Meter,
    on: LocalDate,
    reason: string | null,
    by: Principal,
  ): Promise<void> {
    await this.events.record([{ meterId, act, state, subscriptionId, on, reason, by: by.userId }]);
    const meter = { fromState: act === 'REMOVED' ? serial : null, toState: act === 'INSTALLED' ? serial : null };
    const shared = { subscriptionId, kind: 'METER', happenedOn: on, reason, recordedBy: by.userId };
    await this.subscriptions.record({ ...shared, ...cut(meter) });
  }

  private async done(subscriptionId: number, what: string, by: Principal): Promise<SubscriptionDetail> {
    const detail = await this.subscriptions.get(subscriptionId);
    const serial = detail.meter?.serial ?? null;
    await this.audit.record({ action: `water.meter-${what}`, detail: { subscriptionId, serial, by: by.userId } });
    return detail;
  }
}

/** Events keep 40 characters of a state. */
const cut = ({ fromState, toState }: Record<'fromState' | 'toState', string | null>) => ({
  fromState: fromState?.slice(0, 40) ?? null,
  toState: toState?.slice(0, 40) ?? null,
});
