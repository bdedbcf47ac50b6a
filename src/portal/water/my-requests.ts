import { Injectable } from '@nestjs/common';
import { invalidField, Problem, type Page, type PageQuery } from '@libs/http';
import type { Versioned } from '@libs/persistence';
import {
  Requests,
  RequestSteps,
  RequestSubmission,
  Subscriptions,
  type RequestNow,
  type WaterRequestStep,
} from '../../water';
import { DailyLimits } from '../scope/daily-limits';
import { OwnRecords } from '../scope/own-records';
import { PortalDesk } from '../scope/portal-desk';
import { MyWater } from './my-water';
import type { PortalNewRequest } from './requests.dto';

/** What a citizen asks of the water department, from the phone to the last step. */
@Injectable()
export class MyRequests {
  constructor(
    private readonly water: MyWater,
    private readonly subscriptions: Subscriptions,
    private readonly submission: RequestSubmission,
    private readonly requests: Requests,
    private readonly steps: RequestSteps,
    private readonly limits: DailyLimits,
    private readonly own: OwnRecords,
    private readonly desk: PortalDesk,
  ) {}

  /**
   * In the unit of its request. Documents are shown at the counter: none count here.
   * @throws {Problem} portal.daily-limit; http.invalid; http.not-found for another's subscription as for none; as
   * RequestSubmission.submit
   */
  async submit(oneRecordId: number, asked: PortalNewRequest): Promise<RequestNow> {
    await this.limits.use(oneRecordId, 'REQUEST');
    const { kind, details } = asked;
    const subscriptionId = await this.subscriptionOf(oneRecordId, asked);
    const request = await this.submission.submit(
      { kind, oneRecordId, ...(subscriptionId !== undefined && { subscriptionId }), ...(details && { details }) },
      await this.desk.principal(),
    );
    return (await this.requests.now([request]))[0]!;
  }

  async list(oneRecordId: number, query: PageQuery): Promise<Page<RequestNow>> {
    return this.requests.ofRecords(await this.own.all(oneRecordId), query);
  }

  /** @throws {Problem} http.not-found, for another's as for none */
  async get(oneRecordId: number, id: number): Promise<{ now: RequestNow; steps: WaterRequestStep[] }> {
    const now = await this.requests.get(id);
    await this.own.require(oneRecordId, now.request);
    return { now, steps: await this.requests.steps(id) };
  }

  /** Until it is executed; what was begun is undone. @throws {Problem} as {@link get} and RequestSteps.end */
  async withdraw(oneRecordId: number, target: Versioned, reason: string): Promise<RequestNow> {
    await this.get(oneRecordId, target.id);
    return this.steps.end(target, 'WITHDRAWN', reason, await this.desk.principal());
  }

  /** A buyer names what is another's: by its number and the serial of the meter, which stand at the place. */
  private async subscriptionOf(
    oneRecordId: number,
    { kind, subscriptionId, transfer }: PortalNewRequest,
  ): Promise<number | undefined> {
    if (kind === 'TRANSFER') {
      if (!transfer) throw invalidField('/transfer', 'required');
      if (subscriptionId !== undefined) throw invalidField('/subscriptionId', 'notForTransfer');
      const found = await this.subscriptions.byNumberAndMeter(transfer.subscriptionNumber, transfer.meterSerial);
      if (!found) throw new Problem('http.not-found');
      return found.subscription.id;
    }
    if (transfer) throw invalidField('/transfer', 'onlyForTransfer');
    if (subscriptionId !== undefined) await this.water.one(oneRecordId, subscriptionId);
    return subscriptionId;
  }
}
