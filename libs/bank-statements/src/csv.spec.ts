import { stringify } from 'csv-stringify/sync';
import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { BankStatementError, type CsvControl, type CsvProfile, type Fault, parseCsvProfile, readCsv } from './index';

const IBAN = 'PS74NBLS000000000400123456702';
const PROFILE: CsvProfile = {
  iban: IBAN,
  currency: 'ILS',
  separator: ',',
  encoding: 'utf-8',
  headerRow: 3,
  columns: {
    bookedOn: 'Date',
    valueOn: 'Value date',
    debit: 'Debit',
    credit: 'Credit',
    balance: 'Balance',
    reference: 'Reference',
    counterparty: 'From / to',
    description: 'Details',
    bankReference: 'Bank no.',
  },
  dateFormat: 'dd/MM/yyyy',
  decimalSign: '.',
  ignoreRows: ['Total', 'Printed on'],
};
const HEADER = 'Date,Value date,Bank no.,Details,From / to,Reference,Debit,Credit,Balance';
const FIRST = '03/03/2024,04/03/2024,FT1,"Water, March",سمير عودة,INV-000123,,"1,350.25","2,350.25"';
const SECOND = '٠٤/٠٣/٢٠٢٤,,FT2,عمولة,,,١٢٫٥٠,0.00,٢٬٣٣٧٫٧٥';
const file = (...rows: string[]) => ['An Invented Bank, "Nablus', 'Account 4001', HEADER, ...rows].join('\r\n');
const GOOD = file(FIRST, '', SECOND, ' , ,,,,,,,', 'Total,,,,,,12.50', 'Printed on 05/03/2024');
const read = (text: string, profile = PROFILE, control: CsvControl = {}) =>
  readCsv(Buffer.from(text), profile, control).statements[0]!;

function faultsIn(work: () => unknown): readonly Fault[] {
  try {
    work();
  } catch (error) {
    if (error instanceof BankStatementError) return error.faults;
    throw error;
  }
  return [];
}
const faults = (text: string, profile = PROFILE, control: CsvControl = {}) =>
  faultsIn(() => read(text, profile, control)).map(({ code, line, path }) => [code, line, path]);

describe('a CSV statement', () => {
  it('is read by its profile', () => {
    const { entries, ...statement } = read(GOOD);
    expect(statement).toEqual({
      iban: IBAN,
      account: null,
      currency: 'ILS',
      from: '2024-03-03',
      to: '2024-03-04',
      openingBalance: 100000,
      closingBalance: 233775,
      id: null,
      sequence: null,
      unbooked: [],
    });
    expect(entries).toEqual([
      {
        ref: 'line 4',
        line: 4,
        bookedOn: '2024-03-03',
        valueOn: '2024-03-04',
        amount: 135025,
        reference: 'INV-000123',
        references: ['INV-000123'],
        counterparty: 'سمير عودة',
        counterpartyAccount: null,
        description: 'Water, March',
        bankReference: 'FT1',
        reversal: false,
        instructed: null,
      },
      expect.objectContaining({ line: 6, bookedOn: '2024-03-04', valueOn: null, amount: -1250, reference: null }),
    ]);
  });

  it('may begin with a byte order mark, and have other line ends', () => {
    const bare = GOOD.slice(GOOD.indexOf(HEADER));
    expect(read(`\ufeff${bare}`, { ...PROFILE, headerRow: 1 }).entries).toHaveLength(2);
    for (const end of ['\n', '\r']) expect(read(GOOD.replaceAll('\r\n', end))).toEqual(read(GOOD));
  });

  it('counts lines within quotes', () => {
    const twoLines = FIRST.replace('Water, March', 'Water\nMarch');
    expect(read(file(twoLines, SECOND)).entries.map(({ line, description }) => [line, description])).toEqual([
      [4, 'Water March'],
      [6, 'عمولة'],
    ]);
  });

  it('may be newest first', () => {
    const text = file(SECOND, FIRST);
    expect(faults(text)).toContainEqual(['balance-mismatch', 5, 'Balance']);
    const { entries, openingBalance, closingBalance } = read(text, { ...PROFILE, order: 'newest-first' });
    expect([entries.map(({ line }) => line), openingBalance, closingBalance]).toEqual([[5, 4], 100000, 233775]);
  });

  it('may have signed amounts, a decimal comma, no header and Windows-1256', () => {
    const profile: CsvProfile = {
      account: '4001-7',
      currency: 'JOD',
      separator: ';',
      encoding: 'windows-1256',
      headerRow: 0,
      columns: { bookedOn: 1, amount: 2, reference: 3, counterparty: 4 },
      dateFormat: 'yyyy-MM-dd HH:mm',
      decimalSign: ',',
    };
    const text = '2024-03-03 08:30;1.250,125;A1;سمير عودة\n2024-03-02 23:59;-0,5;A2;"ليلى; وشركاها"\n';
    const bytes = iconv.encode(text, 'windows-1256');
    const [statement] = readCsv(bytes, profile).statements;
    expect(statement).toMatchObject({ iban: null, account: '4001-7', from: '2024-03-02', to: '2024-03-03' });
    expect(statement).toMatchObject({ openingBalance: null, closingBalance: null });
    expect(statement!.entries.map(({ amount, bookedOn, counterparty }) => [amount, bookedOn, counterparty])).toEqual([
      [1250125, '2024-03-03', 'سمير عودة'],
      [-500, '2024-03-02', 'ليلى; وشركاها'],
    ]);
    expect(faultsIn(() => readCsv(Buffer.from(text), profile))[0]!.code).toBe('encoding-wrong');
    expect(faultsIn(() => readCsv(bytes, { ...profile, encoding: 'utf-8' }))[0]!.code).toBe('encoding-wrong');
    const control = (openingBalance: number, closingBalance: number) =>
      faultsIn(() => readCsv(bytes, profile, { openingBalance, closingBalance })).map(({ code }) => code);
    expect(control(0, 1249625)).toEqual([]);
    expect(control(0, 1249626)).toEqual(['balance-mismatch']);
  });

  it('may be empty', () => {
    expect(read(file())).toMatchObject({ entries: [], from: null, to: null, openingBalance: null });
    expect(faults(file(), PROFILE, { openingBalance: 5, closingBalance: 6 })).toEqual([['balance-mismatch', 0, '']]);
  });

  it('must agree with balances told beside it', () => {
    expect(faults(GOOD, PROFILE, { openingBalance: 100000, closingBalance: 233775 })).toEqual([]);
    expect(faults(GOOD, PROFILE, { openingBalance: 100001 })).toContainEqual(['balance-mismatch', 4, 'Balance']);
    expect(faults(GOOD, PROFILE, { closingBalance: 1 })).toEqual([['balance-mismatch', 6, '']]);
  });
});

describe('faults', () => {
  it.each([
    ['a day that does not exist', '03/03/2024', '31/02/2024', ['date-invalid', 4, 'Date']],
    ['a date of another form', '03/03/2024', '2024-03-03', ['date-invalid', 4, 'Date']],
    ['no date', '03/03/2024', ' ', ['missing', 4, 'Date']],
    ['a value date that is none', '04/03/2024', 'soon', ['date-invalid', 4, 'Value date']],
    ['more decimals than the currency', '"1,350.25"', '"1,350.255"', ['amount-decimals', 4, 'Credit']],
    ['thousands that are none', '"1,350.25"', '"13,50.25"', ['amount-invalid', 4, 'Credit']],
    ['words', '"1,350.25"', 'ILS 1350.25', ['amount-invalid', 4, 'Credit']],
    ['a huge amount', '"1,350.25"', '9'.repeat(300), ['amount-range', 4, 'Credit']],
    ['a negative credit', '"1,350.25"', '-5', ['amount-negative', 4, 'Credit']],
    ['a debit and a credit', ',,"1,350.25"', ',3.00,"1,350.25"', ['debit-and-credit', 4, 'Debit']],
    ['neither', '"1,350.25"', '', ['missing', 4, 'Credit']],
    ['no balance', '"2,350.25"', '', ['missing', 4, 'Balance']],
    ['thousands that cut a row', '"1,350.25"', '1,350.25', ['csv-malformed', 4, '']],
    ['a field too few', 'INV-000123,', '', ['csv-malformed', 4, '']],
    ['an open quote', '"Water, March"', '"Water', ['csv-malformed', 4, '']],
    ['a balance that does not follow', '٢٬٣٣٧٫٧٥', '٢٬٣٣٧٫٧٤', ['balance-mismatch', 6, 'Balance']],
    ['a missing column', 'Credit', 'Kredit', ['column-missing', 3, 'Credit']],
    ['a column twice', 'Value date', ' DATE', ['column-repeated', 3, 'Date']],
    ['a row that is no entry', 'Total,', 'Sum,', ['csv-malformed', 8, '']],
  ])('refuses %s', (_, from, to, expected) => {
    expect(GOOD).toContain(from);
    expect(faults(GOOD.replace(from, to))).toContainEqual(expected);
  });

  it('tells all of them', () => {
    const bad = GOOD.replace('03/03/2024', '3/3').replace('"1,350.25"', 'x').replace('١٢٫٥٠', '١٢٫٥٠٥');
    expect(faults(bad)).toEqual([
      ['date-invalid', 4, 'Date'],
      ['amount-invalid', 4, 'Credit'],
      ['amount-decimals', 6, 'Debit'],
    ]);
  });

  it('refuses a file without its header, too large, or of zero bytes', () => {
    expect(faults('')).toEqual([['missing', 3, '']]);
    expect(faults('a\nb\n\n')).toEqual([['column-missing', 3, 'Date'], ...Array(8).fill(expect.anything())]);
    expect(faults(`${GOOD}\0`)).toEqual([['encoding-wrong', 0, '']]);
    expect(faultsIn(() => readCsv(Buffer.from(GOOD), PROFILE, { maxBytes: 100 }))[0]!.code).toBe('too-large');
    expect(faults(file(`"${'x'.repeat(2_000_000)}"`))[0]![0]).toBe('csv-malformed');
  });
});

it('never fails otherwise, whatever is cut or put in', () => {
  fc.assert(
    fc.property(fc.nat(GOOD.length), fc.nat(20), fc.string({ unit: 'binary' }), (at, length, text) => {
      faults(GOOD.slice(0, at) + text + GOOD.slice(at + length));
    }),
    { numRuns: 500 },
  );
});

it('reads back every amount, and refuses a file with one row lost', () => {
  const cents = fc.integer({ min: 1, max: 100_000_000 });
  const rows = fc.array(fc.tuple(cents, fc.boolean()), { minLength: 3, maxLength: 20 });
  const decimal = (minor: number) => (minor / 100).toFixed(2);
  fc.assert(
    fc.property(rows, fc.nat(), (movements, pick) => {
      let balance = 0;
      const lines = movements.map(([amount, out]) => {
        balance += out ? -amount : amount;
        const sides = out ? [decimal(amount), ''] : ['', decimal(amount)];
        return stringify([['03/03/2024', '', '', 'a "b", c', '', '', ...sides, decimal(balance)]]).trimEnd();
      });
      const { entries, closingBalance } = read(file(...lines));
      expect(entries.map(({ amount }) => amount)).toEqual(movements.map(([amount, out]) => (out ? -amount : amount)));
      expect(closingBalance).toBe(balance);
      const lost = 1 + (pick % (lines.length - 2));
      expect(faults(file(...lines.toSpliced(lost, 1)))).toEqual([['balance-mismatch', 4 + lost, 'Balance']]);
    }),
  );
});

describe('a profile', () => {
  const wrong = (change: object) => faultsIn(() => parseCsvProfile({ ...PROFILE, ...change })).map(({ path }) => path);
  const columns = (change: object) => wrong({ columns: { ...PROFILE.columns, ...change } });

  it('is taken as it should be, from JSON', () => {
    expect(parseCsvProfile(JSON.parse(JSON.stringify(PROFILE)))).toEqual(PROFILE);
    expect(parseCsvProfile({ ...PROFILE, iban: 'ps74 NBLS 0000 0000 0400 1234 5670 2' }).iban).toBe(IBAN);
  });

  it.each([
    [{ iban: `${IBAN}0` }, ['iban']],
    [{ iban: undefined }, ['iban']],
    [{ account: '7' }, ['iban']],
    [{ currency: 'EUR' }, ['currency']],
    [{ separator: '' }, ['separator']],
    [{ encoding: 'cp864' }, ['encoding']],
    [{ headerRow: -1 }, ['headerRow']],
    [{ headerRow: 0 }, Array(9).fill(expect.stringMatching(/^columns\./))],
    [{ dateFormat: 'MM/yyyy' }, ['dateFormat']],
    [{ dateFormat: 'HH:mm' }, ['dateFormat']],
    [{ decimalSign: '٫' }, ['decimalSign']],
    [{ order: 'oldest' }, ['order']],
    [{ ignoreRows: [''] }, ['ignoreRows']],
    [{ columns: null }, ['columns']],
    [{ quote: "'" }, ['quote']],
  ])('is refused with %j', (change, paths) => expect(wrong(change)).toEqual(paths));

  it('names each column it needs, once', () => {
    expect(columns({ debit: undefined })).toEqual(['columns']);
    expect(columns({ amount: 'Amount' })).toEqual(['columns']);
    expect(columns({ reference: undefined })).toEqual(['columns.reference']);
    expect(columns({ credit: 'Debit' })).toEqual(['columns.credit']);
    expect(columns({ valueOn: 0 })).toEqual(['columns.valueOn']);
    expect(columns({ iban: 'IBAN' })).toEqual(['columns.iban']);
    expect(faultsIn(() => parseCsvProfile([]))).toMatchObject([{ code: 'profile-invalid' }]);
  });
});
