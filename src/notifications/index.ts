export { Notifications, type Sms } from './notifications';
export { defineEvent, Webhooks } from './webhooks';
export { NotificationsModule } from './notifications.module';
