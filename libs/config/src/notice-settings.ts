import { amounts, flag, list, setting, whole } from './setting-kinds';

/** Public notices, incoming text messages and webhooks. */
export const NOTICE_SETTINGS = {
  smsOwnNumbers: setting(
    'SMS_OWN_NUMBERS',
    '',
    'numbers of the municipality, which are never answered by themselves: 0599000999,0569000999',
    list,
  ),
  smsAnswersHourly: setting('SMS_ANSWERS_HOURLY', '5', 'answers by themselves that one number gets in an hour', whole),
  noticeCostCap: setting(
    'NOTICE_COST_CAP',
    'ILS:2000',
    'cost of the text messages of a public notice above which a supervisor approves it',
    amounts,
  ),
  billNotices: setting('BILL_NOTICES', 'true', 'tell people of bills and re-ratings, a message a person and run', flag),
  webhookRetries: setting('WEBHOOK_RETRIES', '5', 'attempts of a webhook after the first, before it is dead', whole),
  webhookRetryMinutes: setting('WEBHOOK_RETRY_MINUTES', '5', 'minutes between two attempts of a webhook', whole),
  webhookTimeoutSeconds: setting('WEBHOOK_TIMEOUT_SECONDS', '5', 'seconds in which a webhook is answered', whole),
  webhookOverlapHours: setting(
    'WEBHOOK_OVERLAP_HOURS',
    '24',
    'hours for which the old secret of a webhook signs beside a new one',
    whole,
  ),
  webhookAllowPrivate: setting(
    'WEBHOOK_ALLOW_PRIVATE',
    'false',
    'let webhooks go to private addresses and over plain HTTP; refused in production',
    flag,
  ),
} as const;
