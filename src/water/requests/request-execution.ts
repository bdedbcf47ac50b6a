import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Problem, type Principal } from '@libs/http';
import { Store } from '@libs/persistence';
import { In, MoreThanOrEqual } from 'typeorm';
import { Fees, Transfers } from '../../billing';
import { MeterTest } from '../meters/meter.entity';
import { MeterTests } from '../meters/meter-tests';
import { Orders } from '../orders/orders';
import { Reading } from '../readings/reading.entity';
import { Subscription, type WaterClass } from '../subscriptions/subscription.entity';
import { SubscriptionTerms } from '../subscriptions/subscription-terms';
import { WaterRequest, type RequestKind } from './request.entity';
import { REQUESTS } from './requests.problems';

type Done = (request: WaterRequest, by: Principal) => Promise<boolean>;

/** Whether what a request asks for was done, by those who do it. A change of class is done here. */
@Injectable()
export class RequestExecution implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly terms: SubscriptionTerms,
    private readonly orders: Orders,
    private readonly transfers: Transfers,
    private readonly fees: Fees,
    private readonly tests: MeterTests,
  ) {}

  onModuleInit(): void {
    this.tests.onWrongMeter((test, by) => this.giveFeeBack(test, by));
  }

  /** In the unit of the step. @throws {Problem} water.not-done-yet */
  async execute(request: WaterRequest, by: Principal): Promise<void> {
    if (!(await this.done[request.kind](request, by))) throw new Problem(REQUESTS['water.not-done-yet']);
  }

  private readonly ordered: Done = async ({ orderId }) =>
    orderId !== null && (await this.orders.get(orderId)).state === 'EXECUTED';

  private readonly done: Readonly<Record<RequestKind, Done>> = {
    NEW_SUBSCRIPTION: async ({ subscriptionId: id }) => {
      return this.store.reads(Subscription).existsBy({ id, state: 'ACTIVE' });
    },
    TRANSFER: async ({ transferId }) =>
      transferId !== null && (await this.transfers.get(transferId)).state === 'POSTED',
    TEMPORARY_DISCONNECT: this.ordered,
    RECONNECT: this.ordered,
    METER_TEST: ({ subscriptionId, submittedAt }) =>
      this.store.reads(MeterTest).existsBy({ subscriptionId, recordedAt: MoreThanOrEqual(submittedAt) }),
    OWN_READING: ({ subscriptionId, details: { reading, readOn } }) => {
      const own = { source: 'CITIZEN' as const, value: reading!, readOn: readOn! };
      return this.store.reads(Reading).existsBy({ subscriptionId, ...own });
    },
    CHANGE_OF_CLASS: async ({ id, subscriptionId, details: { waterClass } }, by) => {
      const subscription = await this.orders.holdWithAccount(subscriptionId);
      const document = { documentType: 'water-request', documentId: String(id) };
      await this.terms.change(subscription, { waterClass: waterClass as WaterClass }, { ...document, by: by.userId });
      return true;
    },
  };

  /** A wrong meter costs the citizen nothing. */
  private async giveFeeBack({ subscriptionId, outcome }: MeterTest, by: number): Promise<boolean> {
    if (subscriptionId === null) return false;
    const open = { subscriptionId, kind: 'METER_TEST' as const, state: In(['FEES_DUE', 'PAID']) };
    const [request] = await this.store
      .reads(WaterRequest)
      .find({ where: open, order: { submittedAt: 'DESC', id: 'DESC' }, take: 1 });
    if (!request || request.feeChargeIds.length === 0) return false;
    const document = { type: 'water-request', id: request.id };
    await this.fees.takeBack(request.feeChargeIds, { reason: `نتيجة فحص العداد ${outcome}`, document, by });
    return true;
  }
}
