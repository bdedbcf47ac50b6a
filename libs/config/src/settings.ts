import { CITIZEN_SETTINGS } from './citizen-settings';
import { NOTICE_SETTINGS } from './notice-settings';
import { NOTIFICATION_SETTINGS } from './notification-settings';
import { amounts, choice, counts, cron, flag, optional, positive, setting, text, whole } from './setting-kinds';
import { TRANSPORT_SETTINGS } from './transport-settings';
import { WATER_SETTINGS } from './water-settings';

export const DEVELOPMENT_SECRET = 'development-only-secret-never-for-production';

/** Every setting of the process; `.env.example` is checked against it. */
export const SETTINGS = {
  nodeEnv: setting(
    'NODE_ENV',
    'development',
    'production turns the safety checks on',
    choice('development', 'production', 'test'),
  ),
  role: setting('ROLE', 'all', 'api (HTTP), worker (outbox, jobs, schedules) or all', choice('api', 'worker', 'all')),
  host: setting('HOST', '127.0.0.1', 'address to listen on; 0.0.0.0 for all', text),
  port: setting('PORT', '3000', 'port to listen on', whole),
  publicUrl: setting(
    'PUBLIC_URL',
    '',
    'address of this system as citizens see it, printed in QR codes; empty: http://localhost and the PORT',
    text,
  ),
  databaseUrl: setting(
    'DATABASE_URL',
    'sqlite:./var/baladiya.db',
    'sqlite:PATH or mssql://user:password@host:port/database?encrypt=true&trustServerCertificate=false',
    text,
  ),
  ...TRANSPORT_SETTINGS,
  allowEmbeddedDatabase: setting(
    'ALLOW_EMBEDDED_DATABASE',
    'false',
    'let production run on the embedded database',
    flag,
  ),
  migrateOnStart: setting('MIGRATE_ON_START', 'false', 'bring the database up to date before serving', flag),
  jwtSecret: setting('JWT_SECRET', DEVELOPMENT_SECRET, 'signs access tokens; at least 32 characters', text),
  demo: setting(
    'DEMO',
    'false',
    'create demo users, load the demo extract, show sandbox messages; refused in production',
    flag,
  ),
  logLevel: setting(
    'LOG_LEVEL',
    'info',
    'fatal, error, warn, info, debug or silent',
    choice('fatal', 'error', 'warn', 'info', 'debug', 'silent'),
  ),
  legacyExtractDir: setting(
    'LEGACY_EXTRACT_DIR',
    '',
    'folder of the nightly extract; empty: no nightly import',
    optional,
  ),
  legacyImportCron: setting('LEGACY_IMPORT_CRON', '0 2 * * *', 'when the nightly import starts, Asia/Hebron', cron),
  nameSettlingCron: setting(
    'NAME_SETTLING_CRON',
    '15 1 * * *',
    'when the search settles names approved since the last import, Asia/Hebron',
    cron,
  ),
  billingProofCron: setting('BILLING_PROOF_CRON', '30 3 * * *', 'when the books are proved, Asia/Hebron', cron),
  matchThreads: setting('MATCH_THREADS', '0', 'threads that match the register; 0: one a core, at most 4', whole),
  municipalityAr: setting('MUNICIPALITY_AR', 'بلدية نابلس', 'name printed on documents, Arabic', text),
  municipalityEn: setting('MUNICIPALITY_EN', 'Nablus Municipality', 'name printed on documents, English', text),
  clearanceDays: setting('CLEARANCE_DAYS', '30', 'days for which a clearance certificate holds', whole),
  accessTokenMinutes: setting('ACCESS_TOKEN_MINUTES', '15', 'life of an access token', whole),
  refreshTokenDays: setting('REFRESH_TOKEN_DAYS', '14', 'life of a refresh token', whole),
  sessionDays: setting(
    'SESSION_DAYS',
    '30',
    'days for which refresh tokens are kept after their end, and then sessions without any',
    positive,
  ),
  idempotencyDays: setting(
    'IDEMPOTENCY_DAYS',
    '30',
    'days for which an act can be asked for again by its Idempotency-Key; more than any client tries for',
    positive,
  ),
  lockoutFailures: setting('LOCKOUT_FAILURES', '5', 'failed logins that lock an account', whole),
  lockoutMinutes: setting('LOCKOUT_MINUTES', '30', 'the window of those failures, and how long the lock lasts', whole),
  ...CITIZEN_SETTINGS,
  cashierVoidLimits: setting(
    'CASHIER_VOID_LIMITS',
    'ILS:500,JOD:100,USD:150',
    'largest receipt that a cashier voids without a supervisor, by currency',
    amounts,
  ),
  reversalLimits: setting(
    'REVERSAL_LIMITS',
    'ILS:50000,JOD:10000,USD:15000',
    'largest receipt that a supervisor voids or reverses, by currency',
    amounts,
  ),
  officerAdjustmentLimits: setting(
    'OFFICER_ADJUSTMENT_LIMITS',
    'ILS:500,JOD:100,USD:150',
    'what an officer may approve of credit notes, debit notes and write-offs, an account, kind and month; a supervisor may more',
    amounts,
  ),
  planMostInstalments: setting('PLAN_MOST_INSTALMENTS', '36', 'instalments that a plan may have at most', whole),
  planMissedInstalments: setting('PLAN_MISSED_INSTALMENTS', '2', 'missed instalments that end a plan', whole),
  planCurrentBillDays: setting(
    'PLAN_CURRENT_BILL_DAYS',
    '30',
    'days a bill that falls due beside a plan may be late before it ends the plan',
    whole,
  ),
  planReviewCron: setting('PLAN_REVIEW_CRON', '30 3 * * *', 'when instalment plans are reviewed, Asia/Hebron', cron),
  chequeRelief: setting(
    'CHEQUE_RELIEF',
    'AT_SIGHT',
    'cheques that count against a debt before they clear: CLEARED (none), AT_SIGHT (those that are due) or RECEIVED (all)',
    choice('CLEARED', 'AT_SIGHT', 'RECEIVED'),
  ),
  chequeReturnFees: setting(
    'CHEQUE_RETURN_FEE',
    'ILS:50,JOD:10,USD:15',
    'what is charged for a cheque that comes back, by currency',
    amounts,
  ),
  chequeDueCron: setting('CHEQUE_DUE_CRON', '15 0 * * *', 'when the cheques of the day fall due, Asia/Hebron', cron),
  exchangeRateDays: setting(
    'EXCHANGE_RATE_DAYS',
    '4',
    'days for which a rate of exchange holds when no newer one was entered',
    whole,
  ),
  bankMatchAutomatic: setting(
    'BANK_MATCH_AUTOMATIC',
    'exact',
    'lines of bank statements that are resolved by themselves: none, exact (by reference and amount) or likely',
    choice('none', 'exact', 'likely'),
  ),
  bankMatchDays: setting(
    'BANK_MATCH_DAYS',
    '3',
    'days between our books and the bank within which an amount without reference is likely the same',
    whole,
  ),
  penaltyCron: setting('PENALTY_CRON', '0 4 * * *', 'when penalties for lateness are computed, Asia/Hebron', cron),
  dunningOverdueDays: setting(
    'DUNNING_OVERDUE_DAYS',
    '15',
    'days after its due day on which a debt may be warned of; Law 1/1997 art. 27 says 15',
    whole,
  ),
  dunningPayDays: setting('DUNNING_PAY_DAYS', '15', 'days to pay or object after the service of a warning', whole),
  dunningReviewCron: setting('DUNNING_REVIEW_CRON', '45 3 * * *', 'when warnings are reviewed, Asia/Hebron', cron),
  accountClosingCron: setting(
    'ACCOUNT_CLOSING_CRON',
    '15 4 * * *',
    'when accounts that were sold are closed once they are settled, Asia/Hebron',
    cron,
  ),
  portalLimits: setting(
    'PORTAL_LIMITS',
    'STATEMENT:5,ACCOUNT_STATEMENT:5,CLEARANCE:5,PAYMENT:20,PAYMENT_REFRESH:60,BILL_LOOKUP:20,READING:10,REQUEST:10,FAULT:10',
    'what a citizen may ask of the portal in a day of Hebron, by kind',
    counts,
  ),
  ...WATER_SETTINGS,
  paymentGateway: setting(
    'PAYMENT_GATEWAY',
    'none',
    'sandbox (a page of this system plays the bank; refused in production) or none',
    choice('none', 'sandbox'),
  ),
  paymentGatewaySecret: setting(
    'PAYMENT_GATEWAY_SECRET',
    DEVELOPMENT_SECRET,
    'shared with the payment gateway, which signs its callbacks with it',
    text,
  ),
  paymentGatewayWindowSeconds: setting(
    'PAYMENT_GATEWAY_WINDOW_SECONDS',
    '300',
    'how far the time of a callback may be from ours, so that nobody plays an old one again',
    whole,
  ),
  paymentLinkHours: setting('PAYMENT_LINK_HOURS', '24', 'hours for which a link to pay online holds', whole),
  latePayments: setting(
    'LATE_PAYMENTS',
    'accept',
    'money that the gateway takes after its link expired or failed: accept it as a payment, or keep it in suspense',
    choice('accept', 'suspense'),
  ),
  gatewayPollCron: setting(
    'GATEWAY_POLL_CRON',
    '*/15 * * * *',
    'when open online payments are asked for, Asia/Hebron',
    cron,
  ),
  gatewayReconciliationCron: setting(
    'GATEWAY_RECONCILIATION_CRON',
    '0 5 * * *',
    'when the days before are compared with the list of the gateway, Asia/Hebron',
    cron,
  ),
  ...NOTIFICATION_SETTINGS,
  ...NOTICE_SETTINGS,
  requestsPerMinute: setting('REQUESTS_PER_MINUTE', '1200', 'requests a minute and address before 429', whole),
} as const;

export type Config = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['parse']> };

/** A setting that cannot be used; names every wrong variable at once. */
export class ConfigError extends Error {}

/** Reads and checks the settings. @throws {ConfigError} */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { env: variable, fallback, parse }] of Object.entries(SETTINGS)) {
    try {
      values[name] = parse(env[variable] || fallback);
    } catch (error) {
      problems.push(`${variable}: ${(error as Error).message}`);
    }
  }
  values.publicUrl ||= `http://localhost:${String(values.port)}`;
  if (problems.length === 0) problems.push(...unsafeInProduction(values as Config));
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return values as Config;
}

function unsafeInProduction(config: Config): string[] {
  if (config.nodeEnv !== 'production') return [];
  const problems: string[] = [];
  if (config.demo) problems.push('DEMO: demo users and sandbox messages are refused in production');
  if (config.paymentGateway === 'sandbox') problems.push('PAYMENT_GATEWAY: the sandbox is refused in production');
  if (config.waterTokenVendor === 'sandbox') problems.push('WATER_TOKEN_VENDOR: the sandbox is refused in production');
  if (config.webhookAllowPrivate) problems.push('WEBHOOK_ALLOW_PRIVATE: refused in production');
  if (config.jwtSecret === DEVELOPMENT_SECRET || config.jwtSecret.length < 32) {
    problems.push('JWT_SECRET: production needs a secret of its own, at least 32 characters');
  }
  if (config.databaseUrl.startsWith('sqlite:') && !config.allowEmbeddedDatabase) {
    problems.push('DATABASE_URL: production on the embedded database needs ALLOW_EMBEDDED_DATABASE=true');
  }
  return problems;
}
