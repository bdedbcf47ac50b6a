import 'reflect-metadata';
import { allProblems } from '@libs/http';
import '../../src/app.module';

describe('problems', () => {
  const problems = [...allProblems()];

  it.each(problems)('%s speaks Arabic and English', (code, { ar, en, status }) => {
    expect(code).toMatch(/^[a-z]+(\.[a-z0-9-]+)+$/);
    expect(ar).toMatch(/[\u0600-\u06ff]{2}/);
    expect(en).toMatch(/^[A-Z][\x20-\x7e]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });
});
