import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, DEVELOPMENT_SECRET, loadConfig, SETTINGS } from '@libs/config';

const example = readFileSync(join(__dirname, '../../.env.example'), 'utf8');

describe('settings', () => {
  it('.env.example explains every setting with its default, and nothing else', () => {
    const expected = Object.values(SETTINGS).map(({ env, about, fallback }) => `# ${about}\n#${env}=${fallback}\n`);
    expect(
      example
        .split(/\n(?=# )/)
        .slice(1)
        .map((part) => `${part.trim()}\n`),
    ).toEqual(expected);
  });

  it('names every wrong variable at once', () => {
    const wrong = () =>
      loadConfig({ PORT: 'http', ROLE: 'king', DEMO: 'yes', LEGACY_IMPORT_CRON: 'at two', PORTAL_LIMITS: 'FAULT' });
    expect(wrong).toThrow(ConfigError);
    expect(wrong).toThrow(/ROLE: .*\nPORT: .*\nDEMO: .*\nLEGACY_IMPORT_CRON: .*\nPORTAL_LIMITS: /);
  });

  it('prints the address it listens on unless told another', () => {
    expect(loadConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(loadConfig({ PORT: '8080', PUBLIC_URL: 'https://nablus.test' }).publicUrl).toBe('https://nablus.test');
  });

  const production = {
    NODE_ENV: 'production',
    JWT_SECRET: 'a-secret-that-was-made-for-this-test-only',
    DATABASE_URL: 'mssql://app:secret@db:1433/baladiya',
  };

  it('lets production start with a secret and a server', () => {
    expect(loadConfig(production).nodeEnv).toBe('production');
  });

  it.each([
    ['the demo', { DEMO: 'true' }, /DEMO/],
    ['the sandbox gateway', { PAYMENT_GATEWAY: 'sandbox' }, /PAYMENT_GATEWAY/],
    ['the default secret', { JWT_SECRET: DEVELOPMENT_SECRET }, /JWT_SECRET/],
    ['a short secret', { JWT_SECRET: 'short' }, /JWT_SECRET/],
    ['the embedded database', { DATABASE_URL: 'sqlite:./var/x.db' }, /DATABASE_URL/],
  ])('refuses %s in production', (_, wrong, message) => {
    expect(() => loadConfig({ ...production, ...wrong })).toThrow(message);
  });

  it('takes the embedded database in production when told so', () => {
    const told = { ...production, DATABASE_URL: 'sqlite:./var/x.db', ALLOW_EMBEDDED_DATABASE: 'true' };
    expect(loadConfig(told).allowEmbeddedDatabase).toBe(true);
  });
});
