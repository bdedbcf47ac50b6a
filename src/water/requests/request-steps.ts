import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { Reconnections } from '../orders/reconnections';
import { RequestEffects } from './request-effects';
import { WaterRequest, WaterRequestStep, type RequestState } from './request.entity';
import { RequestExecution } from './request-execution';
import { canBeEnded, daysAfter, missingDocuments } from './request.rules';
import { Requests, type RequestNow } from './requests';
import type { CheckRequest, SurveyRequest } from './requests.dto';
import { REQUESTS } from './requests.problems';

type Effect = (request: WaterRequest) => Promise<Partial<WaterRequest> | void>;

/** The steps of requests, each once and in its order. */
@Injectable()
export class RequestSteps {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly requests: Requests,
    private readonly effects: RequestEffects,
    private readonly execution: RequestExecution,
    private readonly reconnections: Reconnections,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} as {@link execute}; water.documents-missing; of billing's transfers, of orders */
  check(target: Versioned, { documents = [], note }: CheckRequest, by: Principal): Promise<RequestNow> {
    return this.advance(target, 'CHECKED', note, by, async (request) => {
      const shown = [...new Set([...request.documents, ...documents])];
      const missing = missingDocuments(request.kind, shown);
      if (missing.length > 0) throw new Problem(REQUESTS['water.documents-missing'], { extra: { missing } });
      return { documents: shown, ...(await this.effects.check(request, by)) };
    });
  }

  /** @throws {Problem} as {@link execute}; http.invalid */
  survey(target: Versioned, input: SurveyRequest, by: Principal): Promise<RequestNow> {
    return this.advance(target, 'SURVEYED', input.note, by, (request) => this.effects.survey(request, input));
  }

  /** @throws {Problem} as {@link execute}; as Books.post */
  charge(target: Versioned, note: string | undefined, by: Principal): Promise<RequestNow> {
    return this.advance(target, 'FEES_DUE', note, by, (request) => this.effects.charge(request, by));
  }

  /**
   * Orders the water of a paid RECONNECT, and once more what an order failed to do or that was taken back: also the cut of
   * a TEMPORARY_DISCONNECT, which was ordered when it was checked.
   * @throws {Problem} as {@link execute}, Reconnections.order, Orders.cut
   */
  order(target: Versioned, by: Principal): Promise<RequestNow> {
    return this.uow.run(async () => {
      const { request, standing } = await this.current(target);
      const cut = request.kind === 'TEMPORARY_DISCONNECT' && request.state === 'CHECKED';
      if ((!cut && request.kind !== 'RECONNECT') || (await this.effects.ordered(request))) throw wrongStep(request);
      if (!cut && standing !== 'PAID') throw new Problem(REQUESTS['water.fees-unpaid']);
      const { id: orderId } = cut
        ? await this.effects.cut(request, by)
        : await this.reconnections.order(request.subscriptionId, by, { charge: false });
      await this.store.updateVersioned(WaterRequest, request, { orderId });
      return this.requests.get(request.id);
    });
  }

  /** @throws {Problem} http.not-found; water.request-step, fees-unpaid, not-done-yet @throws {StaleVersionError} */
  execute(target: Versioned, note: string | undefined, by: Principal): Promise<RequestNow> {
    return this.advance(target, 'EXECUTED', note, by, (request) => this.execution.execute(request, by));
  }

  close(target: Versioned, note: string | undefined, by: Principal): Promise<RequestNow> {
    return this.advance(target, 'CLOSED', note, by, () => Promise.resolve());
  }

  /** Until it is executed. @throws {Problem} as {@link execute} */
  end(target: Versioned, to: 'REJECTED' | 'WITHDRAWN', reason: string, by: Principal): Promise<RequestNow> {
    return this.uow.run(async () => {
      const { request } = await this.current(target);
      if (!canBeEnded(request.state)) throw wrongStep(request);
      await this.write(request, to, reason, by);
      await this.effects.undo(request, reason, by);
      return this.requests.get(request.id);
    });
  }

  private advance(
    target: Versioned,
    to: RequestState,
    note: string | undefined,
    by: Principal,
    effect: Effect,
  ): Promise<RequestNow> {
    return this.uow.run(async () => {
      const { request, standing, next } = await this.current(target);
      if (standing === 'FEES_DUE') throw new Problem(REQUESTS['water.fees-unpaid']);
      if (next !== to) throw wrongStep(request);
      // Claimed before anything is done, so that of two at once one does it.
      const version = await this.write(request, to, note, by);
      const changes = await effect(request);
      if (changes && Object.keys(changes).length > 0) {
        await this.store.updateVersioned(WaterRequest, { id: request.id, version }, changes);
      }
      return this.requests.get(request.id);
    });
  }

  private async write(
    request: WaterRequest,
    to: RequestState,
    note: string | undefined,
    by: Principal,
  ): Promise<number> {
    const [doneAt, days] = [this.clock.now(), daysAfter(to)];
    const dueOn = days === null ? null : addDays(localDateOf(doneAt), days);
    const version = await this.store.updateVersioned(WaterRequest, request, { state: to, dueOn });
    const { id: requestId, state: fromState, number } = request;
    const step = { requestId, fromState, toState: to, note: note || null, doneBy: by.userId, doneAt };
    await this.store.insert(WaterRequestStep, { id: await this.ids.one(), ...step });
    await this.audit.record({ action: 'water.request-step', detail: { number, from: fromState, to } });
    return version;
  }

  private async current(target: Versioned): Promise<RequestNow> {
    const now = await this.requests.get(target.id);
    if (now.request.version !== target.version) throw new StaleVersionError(WaterRequest.name, target.id);
    return now;
  }
}

const wrongStep = ({ state, kind }: WaterRequest) =>
  new Problem(REQUESTS['water.request-step'], { extra: { state, kind } });
