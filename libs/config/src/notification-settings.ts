import { amounts, cron, names, optional, quietHours, setting, text, whole } from './setting-kinds';

/** Providers of messages, and the limits of sending. */
export const NOTIFICATION_SETTINGS = {
  smsProviders: setting(
    'SMS_PROVIDERS',
    'sandbox',
    'who sends text messages, in the order in which they are tried: names of SMS_PROFILES, sandbox, sandbox-b',
    names,
  ),
  smsProfiles: setting(
    'SMS_PROFILES',
    '',
    'JSON file that describes the HTTP interfaces of operators, with their keys; see src/notifications/README.md',
    optional,
  ),
  providerCallbackSecret: setting(
    'PROVIDER_CALLBACK_SECRET',
    '',
    'signs delivery reports of providers without a profile of their own, and messages from citizens; empty: they are not taken',
    optional,
  ),
  smtpUrl: setting(
    'SMTP_URL',
    '',
    'mail server, smtps://user:password@host:465; empty: mail goes to the sandbox',
    optional,
  ),
  mailFrom: setting('MAIL_FROM', 'Nablus Municipality <no-reply@localhost>', 'sender of mail', text),
  vapidPublicKey: setting('VAPID_PUBLIC_KEY', '', 'public key of web push; empty: push goes to the sandbox', optional),
  vapidPrivateKey: setting('VAPID_PRIVATE_KEY', '', 'private key of web push', optional),
  vapidSubject: setting('VAPID_SUBJECT', 'mailto:no-reply@localhost', 'whom push services may ask', text),
  pushHosts: setting(
    'PUSH_HOSTS',
    'fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com',
    'push services to which browsers may have subscribed',
    names,
  ),
  smsSegmentPrice: setting(
    'SMS_SEGMENT_PRICE',
    'ILS:0.07',
    'what the operator takes for a segment of a text message',
    amounts,
  ),
  messagesSameKindHourly: setting(
    'MESSAGES_SAME_KIND_HOURLY',
    '20',
    'messages about one topic that one number or address gets in an hour',
    whole,
  ),
  messagesRecipientHourly: setting(
    'MESSAGES_RECIPIENT_HOURLY',
    '100',
    'messages that one number or address gets in an hour',
    whole,
  ),
  messagesPerMinute: setting('MESSAGES_PER_MINUTE', '3000', 'messages a minute that a provider is given', whole),
  messageDailyBudget: setting(
    'MESSAGE_DAILY_BUDGET',
    'ILS:20000',
    'what messages may cost a day; one-time codes and emergencies leave all the same',
    amounts,
  ),
  departmentDailyMessages: setting(
    'DEPARTMENT_DAILY_MESSAGES',
    '150000',
    'messages a day on behalf of one department',
    whole,
  ),
  contentDays: setting('CONTENT_DAYS', '90', 'days for which the words of a message are kept', whole),
  messageDays: setting('MESSAGE_DAYS', '1095', 'days for which messages are kept without their words', whole),
  messagePurgeCron: setting(
    'MESSAGE_PURGE_CRON',
    '20 2 * * *',
    'when words and links that are over are removed, Asia/Hebron',
    cron,
  ),
  shortLinkDays: setting('SHORT_LINK_DAYS', '30', 'days for which a link in a message is good', whole),
  quietHours: setting(
    'QUIET_HOURS',
    '21:00-08:00 FRI',
    'when no messages leave but one-time codes and emergencies, with days that are quiet altogether, Asia/Hebron; or none',
    quietHours,
  ),
} as const;
