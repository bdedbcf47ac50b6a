import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { officeCode, serialOf } from '@libs/serial';
import { In } from 'typeorm';
import { Accounts } from '../../billing';
import { OneRecords } from '../../citizens';
import { Audit, Staff } from '../../identity';
import { Installation } from '../meters/meter.entity';
import { Premise, Subscription, Zone, type WaterClass } from '../subscriptions/subscription.entity';
import { SubscriptionStates, TRANSITIONS } from '../subscriptions/subscription-states';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { Subscriptions } from '../subscriptions/subscriptions';
import { WaterRequest, WaterRequestStep, type RequestDetails, type RequestKind } from './request.entity';
import { daysAfter, WORKFLOWS } from './request.rules';
import type { SubmitRequest } from './requests.dto';
import { REQUESTS } from './requests.problems';

const ENDS = ['CLOSED', 'REJECTED', 'WITHDRAWN'];

/** Requests as the counter takes them. */
@Injectable()
export class RequestSubmission {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly accounts: Accounts,
    private readonly subscriptions: Subscriptions,
    private readonly states: SubscriptionStates,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A new subscription is APPLIED at once, with its premise and account.
   * @throws {Problem} http.invalid, http.not-found for the applicant; water.applicant-not-approved, not-the-subscriber,
   * request-open, subscription-state
   */
  submit(input: SubmitRequest, by: Principal): Promise<WaterRequest> {
    const { kind, oneRecordId, details = {}, documents = [] } = input;
    const missing = WORKFLOWS[kind].details
      .filter((name) => details[name] === undefined)
      .map((name) => `/details/${name}`);
    if ((kind === 'NEW_SUBSCRIPTION') === (input.subscriptionId !== undefined)) missing.push('/subscriptionId');
    const now = this.clock.now();
    const today = localDateOf(now);
    if (details.readOn !== undefined && details.readOn > today) missing.push('/details/readOn');
    if (details.soldOn !== undefined && details.soldOn > today) missing.push('/details/soldOn');
    if (missing.length > 0)
      throw new Problem('http.invalid', { errors: missing.map((pointer) => ({ pointer, code: 'required' })) });
    return this.uow.run(async () => {
      const { state } = await this.records.hold(oneRecordId);
      if (state !== 'APPROVED' && state !== 'ACTIVATED') throw new Problem(REQUESTS['water.applicant-not-approved']);
      const subscriptionId = input.subscriptionId ?? (await this.apply(oneRecordId, details, today, by));
      if (input.subscriptionId !== undefined) await this.checkSubscription(kind, subscriptionId, oneRecordId, details);
      const office = officeCode(await this.staff.departmentCode(by.departmentId));
      const year = Number(today.slice(0, 4));
      const number = await this.ids.reserve(`water-requests-${office}-${year}`, 1);
      const request: WaterRequest = {
        ...{ id: await this.ids.one(), version: 1, number: serialOf({ kind: 'WR', office, year, number }), kind },
        ...{ state: 'SUBMITTED', oneRecordId, subscriptionId, details: { ...details }, documents, feeChargeIds: [] },
        ...{ transferId: null, orderId: null, submittedBy: by.userId, submittedAt: now },
        dueOn: addDays(today, daysAfter('SUBMITTED')!),
      };
      await this.store.insert(WaterRequest, request);
      await this.store.insert(WaterRequestStep, {
        ...{ id: await this.ids.one(), requestId: request.id, fromState: null, toState: 'SUBMITTED', note: null },
        ...{ doneBy: by.userId, doneAt: now },
      });
      await this.audit.record({
        action: 'water.request-submitted',
        detail: { number: request.number, kind, oneRecordId },
      });
      return request;
    });
  }

  private async apply(oneRecordId: number, details: RequestDetails, openedOn: string, by: Principal): Promise<number> {
    const { address = '', basin, plot, zoneId, waterClass, sizeMm = 0, units = 1, sewer = false } = details;
    if (zoneId !== undefined && !(await this.store.reads(Zone).existsBy({ id: zoneId }))) {
      throw invalidField('/details/zoneId', 'unknown');
    }
    const [id, premiseId] = (await this.ids.many(2)) as [number, number];
    const number = `W${String(await this.ids.reserve('water-subscriptions', 1)).padStart(6, '0')}`;
    const service = { currency: 'ILS', serviceType: 'WATER' as const, openedOn };
    const accountId = await this.accounts.open({ number, ...service, oneRecordId });
    const place = { address, basin: basin || null, plot: plot || null, zoneId: zoneId ?? null };
    await this.store.insert(Premise, { id: premiseId, ...place });
    await this.store.insert(Subscription, {
      ...{ id, version: 1, number, premiseId, accountId, waterClass: waterClass as WaterClass, sizeMm, units, sewer },
      ...{ state: 'APPLIED', disconnection: null, protection: null, routeId: null, sequence: null, masterId: null },
      ...{ openedOn, closedOn: null, legacyServiceId: null },
    });
    await this.subscriptions.record({ subscriptionId: id, kind: 'STATE', toState: 'APPLIED', recordedBy: by.userId });
    return id;
  }

  private async checkSubscription(
    kind: RequestKind,
    id: number,
    oneRecordId: number,
    details: RequestDetails,
  ): Promise<void> {
    const known = await this.store.reads(Subscription).existsBy({ id });
    if (!known) throw invalidField('/subscriptionId', 'unknown');
    const { state, accountId, waterClass } = await this.states.hold(id);
    if (kind !== 'TRANSFER') {
      const own = (await this.accounts.holdings(oneRecordId)).some(({ account }) => account.id === accountId);
      if (!own) throw new Problem(REQUESTS['water.not-the-subscriber']);
    }
    const reads = this.store.reads(WaterRequest);
    const same = await reads.find({ select: { state: true }, where: { subscriptionId: id, kind: In([kind]) } });
    if (same.some((each) => !ENDS.includes(each.state))) throw new Problem(REQUESTS['water.request-open']);
    const metered = () => this.store.reads(Installation).existsBy({ openSubscriptionId: id });
    const possible: Record<RequestKind, boolean | (() => Promise<boolean>)> = {
      NEW_SUBSCRIPTION: false,
      TRANSFER: state !== 'CLOSED' && state !== 'APPLIED',
      TEMPORARY_DISCONNECT: TRANSITIONS[state].includes('TEMP_CLOSED'),
      RECONNECT: state === 'DISCONNECTED' || state === 'TEMP_CLOSED',
      METER_TEST: metered,
      OWN_READING: metered,
      CHANGE_OF_CLASS: state !== 'CLOSED' && waterClass !== details.waterClass,
    };
    const answer = possible[kind];
    if (!(typeof answer === 'function' ? await answer() : answer)) {
      throw new Problem(SUBSCRIPTIONS['water.subscription-state'], { extra: { state } });
    }
  }
}
