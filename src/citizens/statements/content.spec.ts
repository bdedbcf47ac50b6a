import { contentHash } from '../../documents';
import { accountsOf, type StatementContent } from './content';

const service = (id: number, citizenId: number, more = {}) => ({
  id,
  citizenId,
  srvNo: String(20000 + id),
  rawType: 'مياه',
  rawAddress: 'رفيديا',
  rawStatus: 'فعال',
  startedOn: '2015-01-01',
  vanishedRunId: null as number | null,
  ...more,
});
const link = (legacyCitizenId: number, relation = 'SAME_PERSON' as never, shareHundredths: number | null = null) => ({
  legacyCitizenId,
  relation,
  shareHundredths,
});
const AS_OF = '2026-11-24';

describe('accounts of a statement', () => {
  it('adds within a currency only, and keeps what others share apart', () => {
    const { own, related } = accountsOf(
      [link(1), link(2), link(3, 'CO_OWNER' as never, 2500)],
      [service(1, 1), service(2, 2, { rawType: 'ضريبة المعارف' }), service(3, 3), service(4, 9)],
      [
        { serviceId: 1, currency: 'ILS', balance: 1000 },
        { serviceId: 1, currency: 'JOD', balance: -35_000 },
        { serviceId: 2, currency: 'ILS', balance: -250 },
        { serviceId: 3, currency: 'ILS', balance: 99_999 },
      ],
      AS_OF,
    );
    expect(own.totals).toEqual([
      { currency: 'ILS', balance: 750 },
      { currency: 'JOD', balance: -35_000 },
    ]);
    expect(own.accounts.map(({ serviceNumber, currency }) => [serviceNumber, currency])).toEqual([
      ['20002', 'ILS'],
      ['20001', 'ILS'],
      ['20001', 'JOD'],
    ]);
    expect(related.totals).toEqual([{ currency: 'ILS', balance: 99_999 }]);
    expect(related.accounts).toEqual([
      expect.objectContaining({ serviceNumber: '20003', relation: 'CO_OWNER', shareHundredths: 2500 }),
    ]);
  });

  it('shows a service without movements with zero, but not before it began nor once it vanished', () => {
    const services = [service(1, 1), service(2, 1, { startedOn: '2026-11-25' }), service(3, 1, { vanishedRunId: 7 })];
    expect(accountsOf([link(1)], services, [], AS_OF).own).toEqual({
      accounts: [expect.objectContaining({ serviceNumber: '20001', currency: 'ILS', balance: 0 })],
      totals: [{ currency: 'ILS', balance: 0 }],
    });
    const moved = services.map(({ id }) => ({ serviceId: id, currency: 'ILS', balance: id }));
    expect(accountsOf([link(1)], services, moved, AS_OF).own.accounts).toHaveLength(3);
  });

  it('puts unknown currencies last and short numbers before long ones', () => {
    const services = [service(1, 1, { srvNo: '100' }), service(2, 1, { srvNo: '99' })];
    const balances = ['XXX', 'USD', 'ILS'].flatMap((currency) => [
      { serviceId: 1, currency, balance: 1 },
      { serviceId: 2, currency, balance: 1 },
    ]);
    const { accounts } = accountsOf([link(1)], services, balances, AS_OF).own;
    expect(accounts.map(({ serviceNumber, currency }) => `${currency}${serviceNumber}`)).toEqual([
      'ILS99',
      'ILS100',
      'USD99',
      'USD100',
      'XXX99',
      'XXX100',
    ]);
  });
});

describe('hash of the content', () => {
  it('does not depend on the order in which a database keeps members, and sees every change', () => {
    const a = { serial: 'x', asOf: AS_OF, own: { accounts: [], totals: [] } } as unknown as StatementContent;
    const b = { own: { totals: [], accounts: [] }, asOf: AS_OF, serial: 'x' } as unknown as StatementContent;
    expect(contentHash(a)).toBe(contentHash(b));
    expect(contentHash({ ...a, asOf: '2026-11-23' })).not.toBe(contentHash(a));
  });
});
