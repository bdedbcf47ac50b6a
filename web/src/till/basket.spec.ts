import { allDue, payableLine, paymentBody, quoteQuestion, totalsOf, type LineDraft, type Payer } from './basket';
import { settle, type TenderDraft } from './settlement';

const money = (amount: number, currency = 'ILS') => ({ currency, amount: String(amount), formatted: '' });
const line = (changes: Partial<LineDraft> = {}): LineDraft => ({
  accountId: 7,
  currency: 'ILS',
  typed: '',
  ...changes,
});
const relief = (amount: number) => ({
  source: 'campaign:1',
  nameAr: 'حملة',
  nameEn: 'Campaign',
  granted: money(amount),
});
type Quoted = NonNullable<Parameters<typeof payableLine>[1]>;
const quoted = (changes: Partial<Quoted> = {}): Quoted => ({
  ...{ accountId: 7, accountNumber: '20011', serviceType: 'WATER', owed: money(10_000), closes: money(6000) },
  ...{ reliefs: [relief(4000)], relief: money(4000), asked: null },
  ...changes,
});

describe('what is ticked', () => {
  it('is all that is owed on open accounts to begin with', () => {
    const account = (id: number, amount: number, state: 'OPEN' | 'CLOSED' = 'OPEN') => ({
      id,
      state,
      balance: money(amount, 'JOD'),
    });
    const payer = { accounts: [account(1, 500), account(2, -500), account(3, 0), account(4, 9, 'CLOSED')] };
    expect(allDue(payer as unknown as Payer)).toEqual([{ accountId: 1, currency: 'JOD', typed: '' }]);
  });

  it('is asked about with the amounts and charges that were chosen', () => {
    expect(quoteQuestion([line({ typed: '٢٥٫٥', chargeIds: [3] }), line({ accountId: 8, typed: 'x' })])).toEqual({
      lines: [{ accountId: 7, chargeIds: [3], amount: '25.50' }, { accountId: 8 }],
    });
  });

  it('comes to what closes it, or to all that is owed when a cheque forgoes the relief', () => {
    expect(payableLine(line(), quoted(), true)).toMatchObject({ amount: 6000, relief: 4000, surplus: 0 });
    expect(payableLine(line(), quoted(), false)).toMatchObject({ amount: 10_000, relief: 0, reliefs: [] });
    expect(payableLine(line(), undefined, true)).toMatchObject({ pending: true });
    const paid = quoted({ owed: money(0), closes: money(0), reliefs: [], relief: money(0) });
    expect(payableLine(line(), paid, true)).toMatchObject({ error: 'nothingOwed' });
  });

  it('comes to what was typed once the server has said what that does', () => {
    const asked = (amount: number, ...reliefs: Quoted['reliefs']) =>
      quoted({ asked: { paid: money(amount), reliefs, left: money(0), surplus: money(0) } });
    expect(payableLine(line({ typed: '30' }), asked(2900), true)).toMatchObject({ amount: 3000, pending: true });
    expect(payableLine(line({ typed: '30' }), asked(3000, relief(2000)), true)).toMatchObject({
      relief: 2000,
      surplus: 0,
    });
    expect(payableLine(line({ typed: '120' }), asked(12_000), true)).toMatchObject({ amount: 12_000, surplus: 2000 });
    expect(payableLine(line({ typed: '1.001' }), quoted(), true)).toMatchObject({ error: 'tooManyDecimals' });
  });
});

describe('the payment', () => {
  it('says exactly what stands on the screen', () => {
    const empty = {
      number: ' 300 ',
      bank: '89',
      bankName: '',
      branch: '',
      drawer: 'شركة',
      drawerId: '',
      drawerAccount: '',
    };
    const cheque = { ...empty, dueOn: '2026-12-01' };
    const tender = (changes: Partial<TenderDraft>): TenderDraft => ({
      ...{ id: 1, kind: 'CASH', debt: 'ILS', currency: 'ILS', typed: '', reference: '', cheque },
      ...changes,
    });
    const tenders = [tender({ typed: '50' }), tender({ id: 2, kind: 'CHEQUE', typed: '60', reference: 'r' })];
    const lines = [{ draft: line(), payable: payableLine(line(), quoted(), false) }];
    const settlement = settle(totalsOf([{ currency: 'ILS', amount: 10_000 }]), tenders, () => undefined);
    const payer = { oneRecordId: 4, name: 'س' } as Payer;
    const said = { payer, payerName: '', lines, tenders, settlement, acceptAdvance: false, withReliefs: false };
    expect(paymentBody(said)).toEqual({
      oneRecordId: 4,
      lines: [{ accountId: 7, amount: '100.00' }],
      tenders: [
        { kind: 'CASH', currency: 'ILS', amount: '40.00', tendered: '50.00' },
        {
          ...{ kind: 'CHEQUE', currency: 'ILS', amount: '60.00', reference: 'r' },
          cheque: { number: '300', bank: '89', drawer: 'شركة', dueOn: '2026-12-01' },
        },
      ],
      useReliefs: false,
    });
  });

  it('with money of another currency says what that pays, and the relief that was quoted', () => {
    const cheque = {} as TenderDraft['cheque'];
    const jod: TenderDraft = { id: 1, kind: 'CASH', debt: 'ILS', currency: 'JOD', typed: '20', reference: '', cheque };
    const settlement = settle(new Map([['ILS', 6000]]), [jod], () => ({ relieved: 6000, price: 11_719 }));
    const lines = [{ draft: line(), payable: payableLine(line(), quoted(), true) }];
    const payer = { oneRecordId: null } as Payer;
    const said = {
      payer,
      payerName: ' سعاد ',
      lines,
      tenders: [jod],
      settlement,
      acceptAdvance: true,
      withReliefs: true,
    };
    expect(paymentBody(said)).toEqual({
      payerName: 'سعاد',
      lines: [{ accountId: 7, amount: '60.00', relief: '40.00' }],
      tenders: [
        {
          kind: 'CASH',
          currency: 'JOD',
          amount: '11.719',
          tendered: '20.000',
          pays: { currency: 'ILS', amount: '60.00' },
        },
      ],
      useReliefs: true,
      acceptAdvance: true,
    });
  });
});
