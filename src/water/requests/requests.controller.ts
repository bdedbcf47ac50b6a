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
import { ORDERS } from '../orders/orders.problems';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { RequestSteps } from './request-steps';
import { RequestSubmission } from './request-submission';
import { Requests } from './requests';
import {
  CheckRequest,
  EndRequest,
  ListRequests,
  RequestDetailView,
  requestDetailView,
  RequestParam,
  RequestView,
  requestView,
  StepNote,
  SubmitRequest,
  SurveyRequest,
} from './requests.dto';
import { REQUESTS } from './requests.problems';

const STATE = SUBSCRIPTIONS['water.subscription-state'];
const STEP = ['http.invalid', 'http.not-found', REQUESTS['water.request-step'], REQUESTS['water.fees-unpaid']];

@ApiTags('water: requests')
@Controller('water/requests')
export class RequestsController {
  constructor(
    private readonly requests: Requests,
    private readonly submission: RequestSubmission,
    private readonly steps: RequestSteps,
  ) {}

  @Post()
  @Allow('water.request.submit')
  @Idempotent()
  @ApiOperation({ summary: 'Take a citizen’s request; a new subscription is applied for at once, with its account' })
  @ApiCreatedResponse({ type: RequestView })
  @Refuses(
    ...[
      'http.invalid',
      'http.not-found',
      REQUESTS['water.applicant-not-approved'],
      REQUESTS['water.not-the-subscriber'],
    ],
    ...[REQUESTS['water.request-open'], STATE],
  )
  async submit(@Body() body: SubmitRequest, @Caller() caller: Principal): Promise<RequestView> {
    const [now] = await this.requests.now([await this.submission.submit(body, caller)]);
    return requestView(now!);
  }

  @Get()
  @Allow('water.request.read')
  @ApiOperation({ summary: 'Work lists: requests by where they stand, kind, applicant; what is due first' })
  @ApiPage(RequestView)
  @Refuses('http.invalid')
  async list(@Query() query: ListRequests): Promise<Page<RequestView>> {
    const page = await this.requests.list(query);
    return { ...page, items: page.items.map(requestView) };
  }

  @Get(':id')
  @Allow('water.request.read')
  @ApiOperation({ summary: 'A request with the steps it has taken' })
  @ApiOkResponse({ type: RequestDetailView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: RequestParam): Promise<RequestDetailView> {
    return requestDetailView(await this.requests.get(id), await this.requests.steps(id));
  }

  @Post(':id/check')
  @HttpCode(200)
  @Allow('water.request.check')
  @ChangesVersion()
  @ApiOperation({ summary: 'CHECKED: all documents are there; a transfer is proposed, a disconnection ordered by it' })
  @ApiOkResponse({ type: RequestView })
  @Refuses(...STEP, REQUESTS['water.documents-missing'], STATE, ORDERS['water.order-open'])
  async check(
    @Param() { id }: RequestParam,
    @IfMatch() version: number,
    @Body() body: CheckRequest,
    @Caller() caller: Principal,
  ): Promise<RequestView> {
    return requestView(await this.steps.check({ id, version }, body, caller));
  }

  @Post(':id/survey')
  @HttpCode(200)
  @Allow('water.request.survey')
  @ChangesVersion()
  @ApiOperation({ summary: 'SURVEYED: somebody has been there' })
  @ApiOkResponse({ type: RequestView })
  @Refuses(...STEP)
  async survey(
    @Param() { id }: RequestParam,
    @IfMatch() version: number,
    @Body() body: SurveyRequest,
    @Caller() caller: Principal,
  ): Promise<RequestView> {
    return requestView(await this.steps.survey({ id, version }, body, caller));
  }

  @Post(':id/charge')
  @HttpCode(200)
  @Allow('water.request.charge')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({
    summary: 'FEES_DUE: the fee is charged; a new subscription is approved. It is PAID once the charge is',
  })
  @ApiOkResponse({ type: RequestView })
  @Refuses(...STEP, STATE)
  async charge(
    @Param() { id }: RequestParam,
    @IfMatch() version: number,
    @Body() { note }: StepNote,
    @Caller() caller: Principal,
  ): Promise<RequestView> {
    return requestView(await this.steps.charge({ id, version }, note, caller));
  }

  @Post(':id/order')
  @HttpCode(200)
  @Allow('water.order.reconnect')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({
    summary: 'Order water to be restored for a paid request; again, also shut off, when an order failed',
  })
  @ApiOkResponse({ type: RequestView })
  @Refuses(...STEP, STATE, 'http.stale', ORDERS['water.order-open'], ORDERS['water.debt-unsettled'])
  async order(
    @Param() { id }: RequestParam,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<RequestView> {
    return requestView(await this.steps.order({ id, version }, caller));
  }

  @Post(':id/execute')
  @HttpCode(200)
  @Allow('water.request.execute')
  @ChangesVersion()
  @ApiOperation({
    summary: 'EXECUTED: the meter stands, the order is carried out, the transfer posted, the bench has spoken',
  })
  @ApiOkResponse({ type: RequestView })
  @Refuses(...STEP, REQUESTS['water.not-done-yet'])
  async execute(
    @Param() { id }: RequestParam,
    @IfMatch() version: number,
    @Body() { note }: StepNote,
    @Caller() caller: Principal,
  ): Promise<RequestView> {
    return requestView(await this.steps.execute({ id, version }, note, caller));
  }

  @Post(':id/close')
  @HttpCode(200)
  @Allow('water.request.close')
  @ChangesVersion()
  @ApiOperation({ summary: 'CLOSED: the citizen knows' })
  @ApiOkResponse({ type: RequestView })
  @Refuses(...STEP)
  async close(
    @Param() { id }: RequestParam,
    @IfMatch() version: number,
    @Body() { note }: StepNote,
    @Caller() caller: Principal,
  ): Promise<RequestView> {
    return requestView(await this.steps.close({ id, version }, note, caller));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Allow('water.request.reject')
  @ChangesVersion()
  @ApiOperation({ summary: 'Refuse it; its fees are taken back, and what was begun is undone' })
  @ApiOkResponse({ type: RequestView })
  @Refuses(...STEP, SUBSCRIPTIONS['water.meter-stands'])
  async reject(
    @Param() { id }: RequestParam,
    @IfMatch() version: number,
    @Body() { reason }: EndRequest,
    @Caller() caller: Principal,
  ): Promise<RequestView> {
    return requestView(await this.steps.end({ id, version }, 'REJECTED', reason, caller));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('water.request.submit')
  @ChangesVersion()
  @ApiOperation({ summary: 'The citizen withdraws it, with the same effects' })
  @ApiOkResponse({ type: RequestView })
  @Refuses(...STEP, SUBSCRIPTIONS['water.meter-stands'])
  async withdraw(
    @Param() { id }: RequestParam,
    @IfMatch() version: number,
    @Body() { reason }: EndRequest,
    @Caller() caller: Principal,
  ): Promise<RequestView> {
    return requestView(await this.steps.end({ id, version }, 'WITHDRAWN', reason, caller));
  }
}
