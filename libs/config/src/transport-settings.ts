import { cron, laneLimits, redisUrl, setting, text, whole } from './setting-kinds';

/** How messages come to the workers. */
export const TRANSPORT_SETTINGS = {
  redisUrl: setting(
    'REDIS_URL',
    '',
    'redis://user:password@host:port/0 (rediss: with TLS) that carries messages to the workers; empty: each takes them from the database',
    redisUrl,
  ),
  redisPrefix: setting('REDIS_PREFIX', 'baladiya', 'what the keys of this installation in Redis begin with', text),
  laneLimits: setting(
    'LANE_LIMITS',
    '',
    'messages a minute by lane, such as BULK:3000; of all workers on Redis together, else of each; empty: no limit',
    laneLimits,
  ),
  outboxDays: setting('OUTBOX_DAYS', '30', 'days for which messages of the outbox are kept that are done', whole),
  outboxPurgeCron: setting('OUTBOX_PURGE_CRON', '40 2 * * *', 'when older ones are removed, Asia/Hebron', cron),
} as const;
