import { rejudgeAfter, type Site, type Standing } from './rejudge.rules';

const site: Site = {
  ...{ installationId: 1, subscriptionId: 2, number: '20005', occupied: true, routeId: null, serial: 'Z1' },
  ...{ register: { digits: 5, multiplier: 1 }, installedOn: '2026-01-01', initialReading: 0 },
};
const limits = { highPercent: 200, lowPercent: 50, mostAMonth: 500 };
const row = (id: number, period: string, value: number, more: Partial<Standing> = {}): Standing => ({
  ...{ id, version: 1, installationId: 1, period, readOn: `${period}-25`, value, consumption: 0, state: 'VALID' },
  ...{ source: 'FIELD', anomalies: [], ...more },
});
const judged = (anomalies: string[], value = 130) => {
  const history = [row(1, '2026-01', 50), row(2, '2026-02', 100), row(3, '2026-04', value, { anomalies })];
  return rejudgeAfter(history, site, '2026-02', limits).changed;
};

it('what a meter showed when it was taken off is judged again as it was, and still said to be the last', () => {
  expect(judged(['FINAL'])).toMatchObject([{ consumption: 30, anomalies: ['FINAL'], state: 'VALID' }]);
  const backward = { consumption: null, anomalies: ['FINAL', 'BACKWARD'], state: 'SUSPECT' };
  expect(judged(['FINAL', 'ROLLOVER'], 90)).toMatchObject([backward]);
});

it('what is said of a walk stays, and keeps a reading suspect', () => {
  expect(judged(['COPIED'], 160)).toMatchObject([{ consumption: 60, anomalies: ['COPIED'], state: 'SUSPECT' }]);
});
