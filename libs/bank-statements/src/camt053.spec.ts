import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BankFile, BankStatementError, type Fault, readCamt053 } from './index';

const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name), 'utf8');
const ILS = fixture('ils-version-2.xml');
const TWO = fixture('two-currencies-version-8.xml');
const read = (text: string) => readCamt053(Buffer.from(text));

function faultsOf(text: string | Uint8Array, maxBytes?: number): readonly Fault[] {
  try {
    readCamt053(Buffer.from(text as string), { maxBytes });
  } catch (error) {
    if (error instanceof BankStatementError) return error.faults;
    throw error;
  }
  return [];
}
const codes = (text: string | Uint8Array) => faultsOf(text).map(({ code }) => code);
/** The fixture with one place changed; fails where there is no such place. */
function changed(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

describe('a statement in version 2', () => {
  const { format, statements } = read(ILS);
  const [statement] = statements;

  it('tells its account, period and balances', () => {
    expect(format).toBe('camt.053.001.02');
    expect(statements).toHaveLength(1);
    expect(statement).toMatchObject({
      iban: 'PS74NBLS000000000400123456702',
      account: null,
      currency: 'ILS',
      from: '2024-03-12',
      to: '2024-03-12',
      openingBalance: 1250000,
      closingBalance: 1378775,
      id: '400123456702-2024-071',
      sequence: '71',
    });
  });

  it('gives an entry whole', () => {
    expect(statement!.entries[0]).toEqual({
      ref: 'Stmt/Ntry',
      line: 43,
      bookedOn: '2024-03-12',
      valueOn: '2024-03-13',
      amount: 35025,
      reference: 'فاتورة مياه INV-2024-000123',
      references: [],
      counterparty: 'سامر خليل عودة & شركاه',
      counterpartyAccount: 'PS29TSTB000000000770000031415',
      description: 'فاتورة مياه INV-2024-000123',
      bankReference: 'FT24072000001',
      reversal: false,
      instructed: null,
    });
  });

  it('itemises a batch whose transactions sum to it', () => {
    const batch = statement!.entries.slice(1, 4);
    expect(
      batch.map(({ ref, amount, reference, counterparty, bankReference }) => [
        ...[ref, amount, reference, counterparty, bankReference],
      ]),
    ).toEqual([
      ['Stmt/Ntry[2]/NtryDtls/TxDtls', 10000, 'BILL-000201', 'ليلى منصور حداد', 'FT24072000002'],
      ['Stmt/Ntry[2]/NtryDtls/TxDtls[2]', 20050, 'BILL-000202', 'رائد يوسف قاسم', 'FT24072000002'],
      ['Stmt/Ntry[2]/NtryDtls/TxDtls[3]', 29950, 'BILL-000203', 'هناء سعيد نمر', 'FT24072000002-3'],
    ]);
  });

  it('leaves one whole whose transactions do not', () => {
    expect(statement!.entries).toHaveLength(7);
    expect(statement!.entries[6]).toMatchObject({
      ref: 'Stmt/Ntry[5]',
      amount: 50000,
      reference: null,
      references: ['BILL-000301', 'BILL-000302'],
    });
  });

  it('takes a reversal with the sign it has now, and the party of what it takes back', () => {
    expect(statement!.entries[4]).toMatchObject({
      amount: -15000,
      reversal: true,
      reference: '30001217',
      counterparty: 'محلات الياسمين التجريبية',
      description: 'شيك راجع - عدم كفاية الرصيد',
    });
    expect(statement!.entries[5]).toMatchObject({ amount: -1250, reference: null, valueOn: null, bankReference: null });
  });

  it('lists apart what is not booked', () => {
    expect(statement!.unbooked).toHaveLength(1);
    expect(statement!.unbooked[0]).toMatchObject({
      status: 'PDNG',
      amount: 7500,
      bookedOn: null,
      valueOn: '2024-03-14',
      reference: 'BILL-000401',
    });
  });
});

describe('statements in version 8', () => {
  const { format, statements } = read(TWO);

  it('are each of their own currency', () => {
    expect(format).toBe('camt.053.001.08');
    expect(
      statements.map(({ iban, account, currency, id, sequence }) => [iban, account, currency, id, sequence]),
    ).toEqual([
      ['PS52NBLS000000000400123456710', null, 'JOD', 'JOD-122', '122'],
      [null, '400123456728', 'USD', 'USD-31', null],
    ]);
    expect(statements.map(({ openingBalance, closingBalance }) => [openingBalance, closingBalance])).toEqual([
      [-100000, 150125],
      [100000, 2050],
    ]);
    expect(statements.map(({ from, to }) => [from, to])).toEqual([
      ['2024-05-02', '2024-05-02'],
      ['2024-05-01', '2024-05-02'],
    ]);
  });

  it('hold parties, references and statuses one element deeper', () => {
    expect(statements[0]!.entries).toEqual([
      {
        ref: 'Stmt/Ntry',
        line: 30,
        bookedOn: '2024-05-02',
        valueOn: '2024-05-02',
        amount: 250125,
        reference: 'RF18539007547034',
        references: ['RF18539007547034', 'E2E-77'],
        counterparty: 'Imaginary Trading Co.',
        counterpartyAccount: '0099-3141',
        description: null,
        bankReference: '9001',
        reversal: false,
        instructed: { minor: 35279, currency: 'USD' },
      },
    ]);
    expect(statements[1]!.entries.map(({ ref, amount, counterparty }) => [ref, amount, counterparty])).toEqual([
      ['Stmt[2]/Ntry', -100000, 'Invented Pumps Ltd'],
      ['Stmt[2]/Ntry[2]', 2050, null],
    ]);
    expect(statements[1]!.unbooked.map(({ status }) => status)).toEqual(['FUTR']);
  });

  it.each(['04', '06', '07', '10', '13'])('are read in version %s too', (version) => {
    expect(read(TWO.replace('053.001.08', `053.001.${version}`)).format).toBe(`camt.053.001.${version}`);
  });
});

describe('variants', () => {
  const entriesOf = (text: string) => read(text).statements[0]!.entries;

  it('in the encoding they declare', () => {
    const arabic = 'سامر خليل عودة';
    const declared = changed(ILS, 'encoding="UTF-8"', 'encoding="UTF-16"');
    const utf16 = Buffer.from(`\ufeff${declared}`, 'utf16le');
    expect(readCamt053(utf16)).toEqual(read(ILS));
    expect(readCamt053(Buffer.from(`\ufeff${ILS}`))).toEqual(read(ILS));
    const windows = changed(ILS.replace(/[\u0600-\u06ff]+/g, 'x'), 'encoding="UTF-8"', "encoding='windows-1256'");
    const [head, tail] = changed(windows, 'x x x &amp; x', '|').split('|') as [string, string];
    const samer = Buffer.from([0xd3, 0xc7, 0xe3, 0xd1]);
    const bytes = Buffer.concat([Buffer.from(head, 'latin1'), samer, Buffer.from(tail, 'latin1')]);
    expect(readCamt053(bytes).statements[0]!.entries[0]!.counterparty).toBe(arabic.slice(0, 4));
  });

  it('with elements of another namespace among their own', () => {
    const own = '<Amt Ccy="ILS">350.25';
    expect(read(changed(ILS, own, `<Amt xmlns="urn:example:bank" Ccy="ILS">1</Amt>${own}`))).toEqual(read(ILS));
  });

  it('itemise by the sign of each transaction', () => {
    const mixed = changed(
      ILS,
      '<Amt Ccy="ILS">100.00</Amt></TxAmt></AmtDtls>',
      '<Amt Ccy="ILS">100.00</Amt></TxAmt></AmtDtls><CdtDbtInd>DBIT</CdtDbtInd>',
    );
    const sums = mixed.replace('299.50', '499.50');
    expect(
      entriesOf(sums)
        .slice(1, 4)
        .map(({ amount }) => amount),
    ).toEqual([-10000, 20050, 49950]);
    expect(entriesOf(mixed)[1]).toMatchObject({ ref: 'Stmt/Ntry[2]', amount: 60000 });
  });

  it('do not itemise in another currency', () => {
    const foreign = ILS.replace(/<TxAmt><Amt Ccy="ILS">/g, '<TxAmt><Amt Ccy="USD">');
    expect(entriesOf(foreign)[1]).toMatchObject({ ref: 'Stmt/Ntry[2]', amount: 60000 });
    const countervalue = '<CntrValAmt><Amt Ccy="ILS">';
    const both = ILS.replace(
      /<TxAmt><Amt Ccy="ILS">([\d.]+)<\/Amt><\/TxAmt>/g,
      `<TxAmt><Amt Ccy="USD">1</Amt></TxAmt>${countervalue}$1</Amt></CntrValAmt>`,
    );
    expect(entriesOf(both)[1]).toMatchObject({ ref: 'Stmt/Ntry[2]/NtryDtls/TxDtls', amount: 10000 });
  });

  it('of several days or pages', () => {
    const bal = (code: string, amount: string, day: string) =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="ILS">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
    const withBalances = (...balances: string[]) => ILS.replace(/<Bal>[\s\S]*<\/Bal>/, balances.join(''));
    const balances = (text: string) => {
      const { openingBalance, closingBalance } = read(text).statements[0]!;
      return [openingBalance, closingBalance];
    };
    const days = [bal('CLBD', '13787.75', '2024-03-12'), bal('OPBD', '12850.25', '2024-03-12')];
    const first = [bal('CLBD', '12850.25', '2024-03-11'), bal('OPBD', '12500', '2024-03-11')];
    expect(balances(withBalances(...days, ...first))).toEqual([1250000, 1378775]);
    const page = [bal('ITBD', '12500', '2024-03-12'), bal('ITBD', '13787.75', '2024-03-12')];
    expect(balances(withBalances(...page))).toEqual([1250000, 1378775]);
    expect(codes(withBalances(page[0]!))).toEqual(['balance-missing']);
  });
});

it('reads back any statement whose sum is right, and none whose sum is wrong', () => {
  const amount = fc.integer({ min: -10_000_000, max: 10_000_000 });
  const decimal = (fils: number) =>
    `${Math.trunc(Math.abs(fils) / 1000)}.${String(Math.abs(fils) % 1000).padStart(3, '0')}`;
  const signedXml = (fils: number) =>
    `<Amt Ccy="JOD">${decimal(fils)}</Amt><CdtDbtInd>${fils < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
  const statementXml = (opening: number, amounts: number[], closing: number) => {
    const bal = (code: string, fils: number) =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${signedXml(fils)}<Dt><Dt>2024-01-31</Dt></Dt></Bal>`;
    const entries = amounts.map(
      (fils) => `<Ntry>${signedXml(fils)}<Sts>BOOK</Sts><BookgDt><Dt>2024-01-31</Dt></BookgDt></Ntry>`,
    );
    const account = '<Acct><Id><IBAN>PS51NBLS000000000400123456728</IBAN></Id><Ccy>JOD</Ccy></Acct>';
    const whole = `<Id>1</Id>${account}${bal('OPBD', opening)}${bal('CLBD', closing)}${entries.join('')}`;
    return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>${whole}</Stmt></BkToCstmrStmt></Document>`;
  };
  fc.assert(
    fc.property(amount, fc.array(amount, { maxLength: 20 }), amount, (opening, amounts, error) => {
      const closing = amounts.reduce((sum, one) => sum + one, opening);
      const file: BankFile = read(statementXml(opening, amounts, closing));
      expect(file.statements[0]!.entries.map((entry) => entry.amount)).toEqual(amounts);
      expect(file.statements[0]).toMatchObject({ openingBalance: opening, closingBalance: closing });
      if (error !== 0) expect(codes(statementXml(opening, amounts, closing + error))).toEqual(['balance-mismatch']);
    }),
  );
});
