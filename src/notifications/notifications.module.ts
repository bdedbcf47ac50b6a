import { Module } from '@nestjs/common';
import { DevOutboxController } from './dev-outbox.controller';
import { Notifications } from './notifications';
import { SandboxProvider } from './sandbox-provider';
import { SmsProvider } from './sms-provider';

@Module({
  controllers: [DevOutboxController],
  providers: [Notifications, { provide: SmsProvider, useClass: SandboxProvider }],
  exports: [Notifications],
})
export class NotificationsModule {}
