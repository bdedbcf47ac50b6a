import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowCitizen, Citizen, Refuses, Revalidated, type CitizenPrincipal } from '@libs/http';
import { NOTIFICATIONS, PushSubscriptions } from '../../notifications';
import {
  PortalMessageParam,
  PortalNewPushSubscription,
  PortalPushSubscriptionView,
  PortalPushView,
  pushSubscriptionView,
} from './messages.dto';

@ApiTags('portal: messages')
@Controller('me/push-subscriptions')
export class PortalPushController {
  constructor(private readonly push: PushSubscriptions) {}

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'Browsers that the citizen has subscribed, and the key for another' })
  @ApiOkResponse({ type: PortalPushView })
  async list(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalPushView> {
    const subscriptions = (await this.push.list(oneRecordId)).map(pushSubscriptionView);
    return { publicKey: this.push.publicKey, subscriptions };
  }

  @Post()
  @AllowCitizen()
  @ApiOperation({ summary: 'Subscribe a browser to what the citizen wants pushed; again, it is the same browser' })
  @ApiCreatedResponse({ type: PortalPushSubscriptionView })
  @Refuses('http.invalid', NOTIFICATIONS['notifications.push-service'])
  async subscribe(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Body() body: PortalNewPushSubscription,
  ): Promise<PortalPushSubscriptionView> {
    return pushSubscriptionView(await this.push.subscribe(oneRecordId, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowCitizen()
  @ApiOperation({ summary: 'No more to this browser' })
  @ApiNoContentResponse()
  @Refuses('http.invalid', 'http.not-found')
  end(@Citizen() { oneRecordId }: CitizenPrincipal, @Param() { id }: PortalMessageParam): Promise<void> {
    return this.push.end(oneRecordId, id);
  }
}
