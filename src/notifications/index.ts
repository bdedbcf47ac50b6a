export { Inbox } from './channels/inbox';
export { PushSubscriptions } from './channels/push-subscriptions';
export { Contacts, type Contact, type ContactBook } from './contacts/contact-book';
export { ShortLinks } from './links/short-links';
export type { Address } from './messages/addresses';
export { Notifications, type Sms } from './messages/notifications';
export { NotificationsModule } from './notifications.module';
export { defineTemplate } from './templates/define-template';
export { ACCOUNT, defineTopic, GENERAL } from './templates/topics';
