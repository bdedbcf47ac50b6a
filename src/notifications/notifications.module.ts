import { Module } from '@nestjs/common';
import { DevOutboxController } from './dev-outbox.controller';
import { Notifications } from './notifications';
import { SandboxProvider } from './sandbox-provider';
import { Webhooks, WEBHOOK_CONTROLLERS, WEBHOOK_PROVIDERS } from './webhooks';
import { SmsProvider } from './sms-provider';

@Module({
  controllers: [DevOutboxController, ...WEBHOOK_CONTROLLERS],
  providers: [Notifications, { provide: SmsProvider, useClass: SandboxProvider }, ...WEBHOOK_PROVIDERS],
  exports: [Notifications, Webhooks],
})
export class NotificationsModule {}
