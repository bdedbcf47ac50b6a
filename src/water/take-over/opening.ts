import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Accounts } from '../../billing';
import { Installation, Meter } from '../meters/meter.entity';
import { Premise, Route, Subscription, SubscriptionEvent } from '../subscriptions/subscription.entity';
import type { MirrorMeter, MirrorService } from './mirror-reader';
import type { WaterException } from './take-over.entity';
import { classOf, digitsOf, numberOf, stateOf } from './take-over.rules';

const DEFAULT_SIZE_MM = 15;
const MOST_ADDRESS = 300;

/** What a batch opened, to be written at once. */
class Opened {
  readonly premises: Premise[] = [];
  readonly subscriptions: Subscription[] = [];
  readonly events: SubscriptionEvent[] = [];
  readonly meters: Meter[] = [];
  readonly installations: Installation[] = [];
}

/** Opens subscriptions and meters for services of the old systems that have none here. */
@Injectable()
export class SubscriptionOpening {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly accounts: Accounts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the active unit. @returns how many subscriptions and meters were opened */
  async open(
    services: readonly MirrorService[],
    exceptions: WaterException[],
  ): Promise<{ subscriptions: number; meters: number }> {
    const known = await this.store.reads(Subscription).find({
      select: { id: true, legacyServiceId: true },
      where: { legacyServiceId: In(services.map(({ id }) => id)) },
    });
    const taken = new Set(known.map(({ legacyServiceId }) => legacyServiceId));
    const missing = services.filter(({ id }) => !taken.has(id));
    if (missing.length === 0) return { subscriptions: 0, meters: 0 };
    const routes = await this.routes(missing.flatMap(({ meters }) => meters.map(({ rawRoute }) => rawRoute.trim())));
    const serials = await this.serialsInUse(missing);
    const opened = new Opened();
    for (const service of missing) await this.openOne(service, routes, serials, opened, exceptions);
    await this.write(opened);
    return { subscriptions: opened.subscriptions.length, meters: opened.meters.length };
  }

  private async openOne(
    service: MirrorService,
    routes: ReadonlyMap<string, number>,
    serials: Set<string>,
    opened: Opened,
    exceptions: WaterException[],
  ): Promise<void> {
    const { number, startedOn, citizenId } = service;
    const note = (reason: string) => exceptions.push({ subscription: number, reason });
    const [meter, ...others] = service.meters;
    if (others.length > 0) note(`${others.length} more meters`);
    const waterClass = classOf(meter?.rawClass ?? '');
    if (meter && !waterClass) note(`class ${meter.rawClass}`);
    const sizeMm = meter?.sizeMm ?? DEFAULT_SIZE_MM;
    const { state, disconnection } = stateOf(service.status);
    const [premiseId, subscriptionId, eventId] = (await this.ids.many(3)) as [number, number, number];
    const accountId =
      service.accountId ??
      (await this.accounts.open({
        number,
        currency: 'ILS',
        serviceType: 'WATER',
        legacyServiceId: service.id,
        legacyCitizenId: citizenId,
        openedOn: startedOn,
      }));
    opened.premises.push({
      id: premiseId,
      address: service.address.slice(0, MOST_ADDRESS),
      basin: null,
      plot: null,
      zoneId: null,
    });
    opened.subscriptions.push({
      id: subscriptionId,
      version: 1,
      number,
      premiseId,
      accountId,
      waterClass: waterClass ?? 'DOMESTIC',
      sizeMm,
      units: 1,
      sewer: false,
      state,
      disconnection,
      protection: null,
      routeId: meter ? (routes.get(meter.rawRoute.trim()) ?? null) : null,
      sequence: meter ? numberOf(meter.rawSequence, 0) : null,
      masterId: null,
      openedOn: startedOn,
      closedOn: state === 'CLOSED' ? localDateOf(this.clock.now()) : null,
      legacyServiceId: service.id,
    });
    opened.events.push({
      id: eventId,
      subscriptionId,
      kind: 'TAKEN_OVER',
      fromState: null,
      toState: state,
      happenedOn: localDateOf(this.clock.now()),
      reason: null,
      documentType: null,
      documentId: null,
      recordedBy: null,
      recordedAt: this.clock.now(),
    });
    if (meter && state !== 'CLOSED')
      await this.install(meter, sizeMm, subscriptionId, startedOn, serials, opened, note);
  }

  private async install(
    { serial: raw, installedOn }: MirrorMeter,
    sizeMm: number,
    subscriptionId: number,
    startedOn: string,
    serials: Set<string>,
    opened: Opened,
    note: (reason: string) => void,
  ): Promise<void> {
    const serial = raw.trim().slice(0, 60);
    if (serial === '') return note('meter without serial');
    if (serials.has(serial)) return note(`serial ${serial} is another subscription's`);
    serials.add(serial);
    const [meterId, installationId] = (await this.ids.many(2)) as [number, number];
    const register = { digits: digitsOf(sizeMm), sizeMm, multiplier: 1 };
    opened.meters.push({ id: meterId, version: 1, serial, make: null, ...register, seal: null, state: 'INSTALLED' });
    opened.installations.push({
      id: installationId,
      meterId,
      subscriptionId,
      installedOn: installedOn ?? startedOn,
      initialReading: 0,
      removedOn: null,
      finalReading: null,
      openSubscriptionId: subscriptionId,
      openMeterId: meterId,
    });
  }

  /** By code; those that are new are opened. */
  private async routes(codes: readonly string[]): Promise<Map<string, number>> {
    const wanted = [...new Set(codes)].filter((code) => code !== '' && code.length <= 20);
    const rows = await this.store.reads(Route).find({ where: { code: In(wanted) } });
    const routes = new Map(rows.map(({ id, code }) => [code, id]));
    for (const code of wanted) {
      if (routes.has(code)) continue;
      const id = await this.ids.one();
      const name = `خط سير ${code}`;
      await this.store.insert(Route, { id, version: 1, code, name, zoneId: null, cycleMonths: 1, active: true });
      routes.set(code, id);
    }
    return routes;
  }

  private async serialsInUse(services: readonly MirrorService[]): Promise<Set<string>> {
    const rows = await this.store.selectIn<{ serial: string }>(
      (list) => `SELECT "serial" FROM "water_meters" WHERE "serial" IN (${list})`,
      services.flatMap(({ meters }) => meters.map(({ serial }) => serial.trim().slice(0, 60))),
    );
    return new Set(rows.map(({ serial }) => serial));
  }

  private async write({ premises, subscriptions, events, meters, installations }: Opened): Promise<void> {
    await this.store.insert(Premise, premises);
    await this.store.insert(Subscription, subscriptions);
    await this.store.insert(SubscriptionEvent, events);
    await this.store.insert(Meter, meters);
    await this.store.insert(Installation, installations);
  }
}
