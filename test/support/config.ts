import { loadConfig } from '@libs/config';

export const testConfig = (databaseUrl: string, more: Record<string, string> = {}) =>
  loadConfig({
    NODE_ENV: 'test',
    ROLE: 'api',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    DEMO: 'true',
    REQUESTS_PER_MINUTE: '1000000',
    DATABASE_URL: databaseUrl,
    ...more,
  });
