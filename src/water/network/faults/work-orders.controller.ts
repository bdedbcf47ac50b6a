import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, Idempotent, IfMatch, Refuses } from '@libs/http';
import type { Page, Principal } from '@libs/http';
import { FAULTS } from './faults.problems';
import { WorkOrders } from './work-orders';
import {
  MoreFaults,
  NewOrder,
  OrderCancellation,
  OrderParam,
  OrdersQuery,
  OrderView,
  orderView,
  Repair,
} from './work-orders.dto';

const REFUSALS = ['http.invalid', 'http.not-found', FAULTS['water.work-order-state']];

@ApiTags('water: leaks and outages')
@Controller('water/work-orders')
export class WorkOrdersController {
  constructor(private readonly orders: WorkOrders) {}

  @Post()
  @Allow('water.work-order.create')
  @Idempotent()
  @ApiOperation({ summary: 'A work order (أمر عمل) for reports of one zone, or planned work without any' })
  @ApiCreatedResponse({ type: OrderView })
  @Refuses('http.invalid', 'http.stale', FAULTS['water.fault-state'], FAULTS['water.fault-other-zone'])
  async create(@Body() body: NewOrder, @Caller() by: Principal): Promise<OrderView> {
    return orderView(await this.orders.create(body, by));
  }

  @Get()
  @Allow('water.work-order.read')
  @ApiOperation({ summary: 'Work orders by state, zone or crew, newest first' })
  @ApiPage(OrderView)
  @Refuses('http.invalid')
  async list(@Query() query: OrdersQuery): Promise<Page<OrderView>> {
    const page = await this.orders.list(query);
    return { ...page, items: page.items.map(orderView) };
  }

  @Get(':id')
  @Allow('water.work-order.read')
  @ApiOperation({ summary: 'A work order; its reports are listed by GET /water/faults?orderId=' })
  @ApiOkResponse({ type: OrderView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: OrderParam): Promise<OrderView> {
    return orderView(await this.orders.get(id));
  }

  @Post(':id/faults')
  @HttpCode(200)
  @Allow('water.work-order.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'More reports of the same work' })
  @ApiOkResponse({ type: OrderView })
  @Refuses(...REFUSALS, FAULTS['water.fault-state'], FAULTS['water.fault-other-zone'])
  async addFaults(
    @Param() { id }: OrderParam,
    @IfMatch() version: number,
    @Body() { faultIds }: MoreFaults,
  ): Promise<OrderView> {
    return orderView(await this.orders.addFaults({ id, version }, faultIds));
  }

  @Post(':id/start')
  @HttpCode(200)
  @Allow('water.work-order.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'The crew has begun' })
  @ApiOkResponse({ type: OrderView })
  @Refuses(...REFUSALS)
  async start(@Param() { id }: OrderParam, @IfMatch() version: number): Promise<OrderView> {
    return orderView(await this.orders.start({ id, version }));
  }

  @Post(':id/repair')
  @HttpCode(200)
  @Allow('water.work-order.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Repaired, with what was found and used; resolves its reports' })
  @ApiOkResponse({ type: OrderView })
  @Refuses(...REFUSALS)
  async repair(
    @Param() { id }: OrderParam,
    @IfMatch() version: number,
    @Body() body: Repair,
    @Caller() by: Principal,
  ): Promise<OrderView> {
    return orderView(await this.orders.repair({ id, version }, body, by));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('water.work-order.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Given up before the repair; its reports are open again' })
  @ApiOkResponse({ type: OrderView })
  @Refuses(...REFUSALS)
  async cancel(
    @Param() { id }: OrderParam,
    @IfMatch() version: number,
    @Body() { reason }: OrderCancellation,
  ): Promise<OrderView> {
    return orderView(await this.orders.cancel({ id, version }, reason));
  }
}
