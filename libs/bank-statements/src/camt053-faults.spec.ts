import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BankStatementError, type Fault, readCamt053, type ReadLimits } from './index';

const fixture = (name: string) => readFileSync(join(__dirname, 'fixtures', name), 'utf8');
const ILS = fixture('ils-version-2.xml');
const TWO = fixture('two-currencies-version-8.xml');
const read = (text: string) => readCamt053(Buffer.from(text));

function faultsOf(text: string | Uint8Array, limits: ReadLimits = {}): readonly Fault[] {
  try {
    readCamt053(Buffer.from(text as string), limits);
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

describe('faults', () => {
  it('are told all at once, with line and path, in both languages', () => {
    const bad = changed(changed(ILS, '350.25', '350.255'), '<Amt Ccy="ILS">12.5<', '<Amt Ccy="XBT">12.5<');
    expect(faultsOf(bad)).toEqual([
      {
        code: 'amount-decimals',
        line: 45,
        path: 'Document/BkToCstmrStmt/Stmt/Ntry/Amt',
        reason: '350.255 has more decimals than ILS',
        reasonAr: 'منازل 350.255 العشرية أكثر من منازل ILS',
      },
      expect.objectContaining({ code: 'currency-unknown', path: 'Document/BkToCstmrStmt/Stmt/Ntry[4]/Amt' }),
    ]);
    expect(() => read(bad)).toThrow(
      'line 45, Document/BkToCstmrStmt/Stmt/Ntry/Amt: 350.255 has more decimals than ILS (and 1 more)',
    );
  });

  it.each([
    ['a balance that is not reached', '13787.75', '13787.76', ['balance-mismatch']],
    ['no balance', '<Cd>OPBD</Cd>', '<Cd>XPCD</Cd>', ['balance-missing']],
    ['an IBAN with a wrong digit', 'PS74NBLS000000000400123456702', 'PS74NBLS000000000400123456703', ['iban-invalid']],
    ['an IBAN too short', 'PS74NBLS000000000400123456702', 'PS74NBLS00000000040012345670', ['iban-invalid']],
    ['no account', /<IBAN>PS74[^<]*<\/IBAN>/, '', ['missing']],
    ['no id', '<Id>400123456702-2024-071</Id>', '', ['missing']],
    ['another currency', '<Amt Ccy="ILS">350.25', '<Amt Ccy="USD">350.25', ['currency-mismatch']],
    ['an account currency not kept', '<Ccy>ILS</Ccy>', '<Ccy>EUR</Ccy>', ['currency-unknown']],
    ['no currency', '<Amt Ccy="ILS">350.25', '<Amt>350.25', ['currency-unknown']],
    ['a negative amount', '350.25', '-350.25', ['amount-invalid']],
    ['grouped thousands', '350.25', '1,350.25', ['amount-invalid']],
    ['an exponent', '350.25', '3e2', ['amount-invalid']],
    ['an empty amount', '>350.25<', '><', ['amount-invalid']],
    ['a huge amount', '350.25', '9'.repeat(400), ['amount-range']],
    ['an unknown direction', '<CdtDbtInd>CRDT', '<CdtDbtInd>IN', ['code-unknown']],
    ['an unknown status', '<Sts>PDNG', '<Sts>MAYB', ['code-unknown']],
    ['no status', '<Sts>PDNG</Sts>', '', ['missing']],
    ['an unknown flag', '<RvslInd>true', '<RvslInd>yes', ['code-unknown']],
    ['a day that does not exist', '<BookgDt><Dt>2024-03-12', '<BookgDt><Dt>2024-02-30', ['date-invalid']],
    ['a date of another form', '<ValDt><Dt>2024-03-13', '<ValDt><Dt>13/03/2024', ['date-invalid']],
    ['a time that does not exist', '<FrDtTm>2024-03-12T00', '<FrDtTm>2024-03-12T25', ['date-invalid']],
    ['a period turned round', '<FrDtTm>2024-03-12', '<FrDtTm>2024-03-14', ['period-reversed']],
  ])('refuses %s', (_, from, to, expected) => {
    const bad = ILS.replace(from, to);
    expect(bad).not.toBe(ILS);
    expect(codes(bad)).toEqual(expected);
  });

  it('refuses an entry of no day', () => {
    const entry = /<Ntry>\s*<Amt Ccy="ILS">12.5[\s\S]*?<\/Ntry>/.exec(ILS)![0];
    expect(codes(ILS.replace(entry, entry.replace(/<BookgDt>.*<\/BookgDt>/, '')))).toEqual(['missing']);
  });

  it('refuses what is no statement', () => {
    expect(codes(ILS.replace('camt.053', 'camt.054'))).toEqual(['format-unsupported']);
    expect(codes(ILS.replace('053.001.02', '053.001.01'))).toEqual(['format-unsupported']);
    expect(codes('<html><body/></html>')).toEqual(['format-unsupported']);
    expect(codes(ILS.replace(/<Stmt>[\s\S]*<\/Stmt>/, ''))).toEqual(['statement-missing']);
  });

  it('refuses what is not well-formed', () => {
    expect(codes('')).toEqual(['xml-malformed']);
    expect(codes('garbage')).toEqual(['xml-malformed']);
    expect(codes(ILS.slice(0, -20))).toEqual(['xml-malformed']);
    expect(codes(changed(ILS, '</Acct>', '</Akkt>'))).toEqual(['xml-malformed']);
    expect(codes(TWO.replace('<c:Stmt>', '<d:Stmt>'))).toEqual(['xml-malformed']);
    expect(codes(Buffer.from(changed(ILS, 'عمولة', '\u0080'), 'latin1'))).toEqual(['encoding-wrong']);
    expect(codes(changed(ILS, 'UTF-8', 'EBCDIC-420'))).toEqual(['encoding-unknown']);
  });

  it('refuses a document type, so that no entity is ever expanded', () => {
    const bomb = `<!DOCTYPE Document [<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "&a;&a;&a;">]>`;
    expect(codes(changed(ILS, '?>\n', `?>\n${bomb}\n`))).toEqual(['xml-doctype']);
    expect(codes(changed(ILS, '?>\n', '?>\n<!DOCTYPE Document SYSTEM "file:///etc/passwd">\n'))).toEqual([
      'xml-doctype',
    ]);
    expect(codes(changed(ILS, '350.25', '&amount;'))).toEqual(['xml-malformed']);
  });

  it('bounds size, depth and breadth', () => {
    expect(faultsOf(ILS, { maxBytes: Buffer.byteLength(ILS) })).toEqual([]);
    expect(faultsOf(ILS, { maxBytes: Buffer.byteLength(ILS) - 1 })).toMatchObject([
      { code: 'too-large', line: 0, path: '' },
    ]);
    expect(codes(changed(ILS, '<Acct>', `${'<a>'.repeat(100)}<Acct>`))).toEqual(['xml-too-deep']);
    const maxElements = 80;
    const wide = changed(ILS, '<Acct>', `${'<a/>'.repeat(maxElements)}<Acct>`);
    expect(faultsOf(wide, { maxElements })).toMatchObject([{ code: 'xml-too-many' }]);
    // At once: what has been read is let go.
    expect(ILS.match(/<[A-Z]/g)!.length).toBeGreaterThan(2 * maxElements);
    expect(faultsOf(ILS, { maxElements })).toEqual([]);
  });

  it('stops counting at a hundred', () => {
    const many = ILS.replace(/<Ntry>[\s\S]*<\/Ntry>/, '<Ntry/>'.repeat(500));
    expect(faultsOf(many)).toHaveLength(100);
  });
});

it('never fails otherwise, whatever is cut or put in', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('<', '>', '</Ntry>', '<Ntry>', '&', ']]>', '"', '<Amt>', '-'));
  fc.assert(
    fc.property(fc.nat(ILS.length), fc.nat(40), piece, (at, length, text) => {
      faultsOf(ILS.slice(0, at) + text + ILS.slice(at + length));
    }),
    { numRuns: 300 },
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expect(codes(bytes)).toHaveLength(1)));
});
