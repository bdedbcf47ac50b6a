export { Notifications, type Sms } from './notifications';
export { NotificationsModule } from './notifications.module';
