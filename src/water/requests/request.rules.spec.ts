import { REQUEST_KINDS } from './request.entity';
import { canBeEnded, daysAfter, missingDocuments, nextStep, WORKFLOWS } from './request.rules';

describe('the steps of a request', () => {
  it.each(REQUEST_KINDS)('%s begins SUBMITTED, ends CLOSED, and has a day for each step', (kind) => {
    const { steps, fee } = WORKFLOWS[kind];
    expect([steps[0], steps.at(-2), steps.at(-1)]).toEqual(['SUBMITTED', 'EXECUTED', 'CLOSED']);
    expect(steps.includes('FEES_DUE')).toBe(fee !== undefined);
    expect(steps.includes('PAID')).toBe(fee !== undefined);
    for (const step of steps.slice(0, -1)) {
      expect(daysAfter(step)).toBeGreaterThan(0);
      expect(nextStep(kind, step)).toBe(steps[steps.indexOf(step) + 1]);
    }
    expect([nextStep(kind, 'CLOSED'), nextStep(kind, 'REJECTED'), nextStep(kind, 'WITHDRAWN')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('may be refused until something was done', () => {
    expect([canBeEnded('PAID'), canBeEnded('EXECUTED'), canBeEnded('CLOSED'), canBeEnded('REJECTED')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('says which documents are missing', () => {
    expect(missingDocuments('TRANSFER', ['ID_CARD', 'OTHER'])).toEqual(['SALE_CONTRACT']);
    expect(missingDocuments('OWN_READING', [])).toEqual([]);
  });
});
