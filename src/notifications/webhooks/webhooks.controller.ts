import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, IfMatch, Refuses, type Page, type Principal } from '@libs/http';
import { Deliveries } from './deliveries';
import { Endpoints } from './endpoints';
import { eventTypes } from './event-types';
import { WEBHOOKS } from './webhook.problems';
import {
  ChangeEndpoint,
  DeliveriesQuery,
  DeliveryView,
  deliveryView,
  EndpointSecretView,
  EndpointsQuery,
  EndpointView,
  endpointView,
  EventTypeView,
  NewEndpoint,
  PingView,
  WebhookParam,
} from './webhooks.dto';

const REFUSALS = ['http.invalid', 'http.not-found', WEBHOOKS['notifications.webhook-state']];

@ApiTags('notifications: webhooks')
@Controller()
export class WebhooksController {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly deliveries: Deliveries,
  ) {}

  @Get('webhook-event-types')
  @Allow('notifications.webhook.read')
  @ApiOperation({ summary: 'What other systems can be told of' })
  @ApiOkResponse({ type: EventTypeView, isArray: true })
  types(): EventTypeView[] {
    const sorted = [...eventTypes().values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return sorted.map(({ name, about }) => ({ name, aboutAr: about.ar, aboutEn: about.en }));
  }

  @Post('webhooks')
  @Allow('notifications.webhook.change')
  @ApiOperation({ summary: 'Register an address that is told of events; its signing secret is shown this once' })
  @ApiCreatedResponse({ type: EndpointSecretView })
  @Refuses('http.invalid')
  async register(@Body() body: NewEndpoint, @Caller() { userId }: Principal): Promise<EndpointSecretView> {
    const { endpoint, secret } = await this.endpoints.register(body, userId);
    return { ...endpointView(endpoint), secret };
  }

  @Get('webhooks')
  @Allow('notifications.webhook.read')
  @ApiOperation({ summary: 'The registered addresses, newest first' })
  @ApiPage(EndpointView)
  @Refuses('http.invalid')
  async list(@Query() query: EndpointsQuery): Promise<Page<EndpointView>> {
    const page = await this.endpoints.list(query);
    return { ...page, items: page.items.map(endpointView) };
  }

  @Get('webhooks/:id')
  @Allow('notifications.webhook.read')
  @ApiOperation({ summary: 'A registered address' })
  @ApiOkResponse({ type: EndpointView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: WebhookParam): Promise<EndpointView> {
    return endpointView(await this.endpoints.get(id));
  }

  @Patch('webhooks/:id')
  @Allow('notifications.webhook.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Another address, description or choice of events' })
  @ApiOkResponse({ type: EndpointView })
  @Refuses(...REFUSALS)
  async change(
    @Param() { id }: WebhookParam,
    @IfMatch() version: number,
    @Body() body: ChangeEndpoint,
  ): Promise<EndpointView> {
    return endpointView(await this.endpoints.change({ id, version }, body));
  }

  @Post('webhooks/:id/rotate-secret')
  @HttpCode(200)
  @Allow('notifications.webhook.change')
  @ChangesVersion()
  @ApiOperation({
    summary: 'A new signing secret, shown this once; each old one signs beside it until its promised end',
  })
  @ApiOkResponse({ type: EndpointSecretView })
  @Refuses(...REFUSALS, WEBHOOKS['notifications.webhook-secrets'])
  async rotate(@Param() { id }: WebhookParam, @IfMatch() version: number): Promise<EndpointSecretView> {
    const { endpoint, secret } = await this.endpoints.rotate({ id, version });
    return { ...endpointView(endpoint), secret };
  }

  @Post('webhooks/:id/suspend')
  @HttpCode(200)
  @Allow('notifications.webhook.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Stop telling it; what waits for it is dead and can be replayed' })
  @ApiOkResponse({ type: EndpointView })
  @Refuses(...REFUSALS)
  async suspend(@Param() { id }: WebhookParam, @IfMatch() version: number): Promise<EndpointView> {
    return endpointView(await this.endpoints.suspend({ id, version }));
  }

  @Post('webhooks/:id/resume')
  @HttpCode(200)
  @Allow('notifications.webhook.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Tell it again from now on' })
  @ApiOkResponse({ type: EndpointView })
  @Refuses(...REFUSALS)
  async resume(@Param() { id }: WebhookParam, @IfMatch() version: number): Promise<EndpointView> {
    return endpointView(await this.endpoints.resume({ id, version }));
  }

  @Post('webhooks/:id/retire')
  @HttpCode(200)
  @Allow('notifications.webhook.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Never tell it again' })
  @ApiOkResponse({ type: EndpointView })
  @Refuses(...REFUSALS)
  async retire(@Param() { id }: WebhookParam, @IfMatch() version: number): Promise<EndpointView> {
    return endpointView(await this.endpoints.retire({ id, version }));
  }

  @Post('webhooks/:id/ping')
  @HttpCode(202)
  @Allow('notifications.webhook.change')
  @ApiOperation({ summary: 'Send it an event without meaning, to see whether it answers' })
  @ApiAcceptedResponse({ type: PingView })
  @Refuses(...REFUSALS)
  async ping(@Param() { id }: WebhookParam): Promise<PingView> {
    return { deliveryId: await this.endpoints.ping(id) };
  }

  @Get('webhook-deliveries')
  @Allow('notifications.webhook.read')
  @ApiOperation({ summary: 'What became of events on their way, by endpoint and state, newest first' })
  @ApiPage(DeliveryView)
  @Refuses('http.invalid')
  async delivered(@Query() query: DeliveriesQuery): Promise<Page<DeliveryView>> {
    const page = await this.deliveries.list(query);
    return { ...page, items: page.items.map(deliveryView) };
  }

  @Post('webhook-deliveries/:id/replay')
  @HttpCode(200)
  @Allow('notifications.webhook.replay')
  @ApiOperation({ summary: 'Send a dead one again, under the id it had' })
  @ApiOkResponse({ type: DeliveryView })
  @Refuses('http.invalid', 'http.not-found', WEBHOOKS['notifications.delivery-not-dead'])
  async replay(@Param() { id }: WebhookParam): Promise<DeliveryView> {
    return deliveryView(await this.deliveries.replay(id));
  }
}
