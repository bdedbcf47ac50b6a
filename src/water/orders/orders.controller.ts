import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Caller,
  ChangesVersion,
  Idempotent,
  IfMatch,
  Refuses,
  type Page,
  type Principal,
} from '@libs/http';
import { SubscriptionParam } from '../subscriptions/subscriptions.dto';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { OrderEnds } from './order-ends';
import { Orders } from './orders';
import {
  CutForTamper,
  ExecuteOrder,
  ListOrders,
  OrderCuts,
  OrderedCutsView,
  orderedCutsView,
  WaterOrderParam,
  OrderReason,
  WaterOrderView,
  waterOrderView,
} from './orders.dto';
import { ORDERS } from './orders.problems';
import { Reconnections } from './reconnections';

const STATE = SUBSCRIPTIONS['water.subscription-state'];
const ENDS = ['http.invalid', 'http.not-found', ORDERS['water.cut-order-state']];

@ApiTags('water: disconnection')
@Controller('water')
export class OrdersController {
  constructor(
    private readonly orders: Orders,
    private readonly reconnections: Reconnections,
    private readonly ends: OrderEnds,
  ) {}

  @Get('orders')
  @Allow('water.order.read')
  @ApiOperation({ summary: 'Orders to cut and to restore water, the longest waiting first' })
  @ApiPage(WaterOrderView)
  @Refuses('http.invalid')
  async list(@Query() query: ListOrders): Promise<Page<WaterOrderView>> {
    const page = await this.orders.list(query);
    return { ...page, items: page.items.map(waterOrderView) };
  }

  @Get('orders/:id')
  @Allow('water.order.read')
  @ApiOperation({ summary: 'An order' })
  @ApiOkResponse({ type: WaterOrderView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: WaterOrderParam): Promise<WaterOrderView> {
    return waterOrderView(await this.orders.get(id));
  }

  @Post('orders')
  @Allow('water.order.issue')
  @Idempotent()
  @ApiOperation({ summary: 'Order the cuts of served notices whose days to pay are over, 5,000 at most' })
  @ApiCreatedResponse({ type: OrderedCutsView })
  @Refuses('http.invalid')
  async cutForDebt(@Body() body: OrderCuts, @Caller() caller: Principal): Promise<OrderedCutsView> {
    return orderedCutsView(await this.orders.cutForDebt(body, caller));
  }

  @Post('subscriptions/:id/tamper-order')
  @Allow('water.order.issue')
  @Idempotent()
  @ApiOperation({ summary: 'Order a cut because the meter or the connection was tampered with' })
  @ApiCreatedResponse({ type: WaterOrderView })
  @Refuses('http.invalid', 'http.not-found', STATE, ORDERS['water.order-open'], ORDERS['water.cut-exempt'])
  async cutForTamper(
    @Param() { id }: SubscriptionParam,
    @Body() { reason }: CutForTamper,
    @Caller() caller: Principal,
  ): Promise<WaterOrderView> {
    return waterOrderView(await this.orders.cut(id, 'TAMPER', reason, caller));
  }

  @Post('subscriptions/:id/reconnection')
  @Allow('water.order.reconnect')
  @Idempotent()
  @ApiOperation({ summary: 'Order water to be restored once the debt is paid or in a plan; the fee is charged' })
  @ApiCreatedResponse({ type: WaterOrderView })
  @Refuses(
    'http.invalid',
    'http.not-found',
    'http.stale',
    STATE,
    ORDERS['water.order-open'],
    ORDERS['water.debt-unsettled'],
  )
  async reconnect(@Param() { id }: SubscriptionParam, @Caller() caller: Principal): Promise<WaterOrderView> {
    return waterOrderView(await this.reconnections.order(id, caller));
  }

  @Post('orders/:id/execute')
  @HttpCode(200)
  @Allow('water.order.execute')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({
    summary: 'Carry an order out; a cut that was paid meanwhile is cancelled instead: look at the state',
  })
  @ApiOkResponse({ type: WaterOrderView })
  @Refuses(...ENDS, STATE, ORDERS['water.before-holiday'], ORDERS['water.cut-exempt'])
  async execute(
    @Param() { id }: WaterOrderParam,
    @IfMatch() version: number,
    @Body() body: ExecuteOrder,
    @Caller() caller: Principal,
  ): Promise<WaterOrderView> {
    return waterOrderView(await this.ends.execute({ id, version }, body, caller));
  }

  @Post('orders/:id/fail')
  @HttpCode(200)
  @Allow('water.order.execute')
  @ChangesVersion()
  @ApiOperation({ summary: 'The crew could not carry it out; the notice stands, and another order may follow' })
  @ApiOkResponse({ type: WaterOrderView })
  @Refuses(...ENDS)
  async fail(
    @Param() { id }: WaterOrderParam,
    @IfMatch() version: number,
    @Body() { reason }: OrderReason,
    @Caller() caller: Principal,
  ): Promise<WaterOrderView> {
    return waterOrderView(await this.ends.fail({ id, version }, reason, caller));
  }

  @Post('orders/:id/cancel')
  @HttpCode(200)
  @Allow('water.order.cancel')
  @ChangesVersion()
  @ApiOperation({ summary: 'Take an order back' })
  @ApiOkResponse({ type: WaterOrderView })
  @Refuses(...ENDS)
  async cancel(
    @Param() { id }: WaterOrderParam,
    @IfMatch() version: number,
    @Body() { reason }: OrderReason,
    @Caller() caller: Principal,
  ): Promise<WaterOrderView> {
    return waterOrderView(await this.ends.cancel({ id, version }, reason, caller));
  }
}
