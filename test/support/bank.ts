import type { TestApp } from './app';

export const IBAN = 'PS74NBLS000000000400123456702';
export const OTHER_IBAN = 'PS29TSTB000000000770000031415';

export interface Movement {
  /** As the bank writes it, negative what goes out: `350.25`. */
  amount: string;
  day?: string;
  /** The bank's number; null for a bank that gives none. */
  bankReference?: string | null;
  reference?: string;
  text?: string;
  from?: string;
}

interface Told {
  id: string;
  opening: string;
  from: string;
  to: string;
  iban?: string;
  movements: Movement[];
}

const minor = (amount: string): bigint => BigInt(amount.replace('.', ''));
const written = (amount: bigint): string => {
  const text = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
};
const side = (amount: bigint): string => `<CdtDbtInd>${amount < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
const money = (amount: bigint): string => `<Amt Ccy="ILS">${written(amount)}</Amt>${side(amount)}`;
const balance = (code: string, amount: bigint, day: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(amount)}<Dt><Dt>${day}</Dt></Dt></Bal>`;

function entry({ amount, day, bankReference, reference, text, from }: Movement, at: number, last: string, id: string) {
  const ref = bankReference === undefined ? `${id}-${at + 1}` : bankReference;
  const role = minor(amount) < 0n ? 'Cdtr' : 'Dbtr';
  return `<Ntry>${money(minor(amount))}<Sts>BOOK</Sts><BookgDt><Dt>${day ?? last}</Dt></BookgDt>
    ${ref === null ? '' : `<AcctSvcrRef>${ref}</AcctSvcrRef>`}<NtryDtls><TxDtls>
    <Refs>${reference ? `<EndToEndId>${reference}</EndToEndId>` : ''}</Refs>
    <RltdPties>${from ? `<${role}><Nm>${from}</Nm></${role}>` : ''}</RltdPties>
    <RmtInf>${text ? `<Ustrd>${text}</Ustrd>` : ''}</RmtInf></TxDtls></NtryDtls></Ntry>`;
}

/** A statement of an account in ILS. */
export function camt({ id, opening, from, to, iban = IBAN, movements }: Told): string {
  const closing = movements.reduce((sum, { amount }) => sum + minor(amount), minor(opening));
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>${id}</Id>
<FrToDt><FrDtTm>${from}T00:00:00+02:00</FrDtTm><ToDtTm>${to}T23:59:59+02:00</ToDtTm></FrToDt>
<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>ILS</Ccy></Acct>
${balance('OPBD', minor(opening), from)}${balance('CLBD', closing, to)}
${movements.map((movement, at) => entry(movement, at, to, id)).join('\n')}
</Stmt></BkToCstmrStmt></Document>`;
}

export const CSV_PROFILE = {
  separator: ',',
  encoding: 'utf-8',
  headerRow: 2,
  columns: {
    bookedOn: 'التاريخ',
    reference: 'المرجع',
    debit: 'مدين',
    credit: 'دائن',
    counterparty: 'الاسم',
    description: 'البيان',
    balance: 'الرصيد',
  },
  dateFormat: 'dd/MM/yyyy',
  decimalSign: '.',
  ignoreRows: ['المجموع'],
};
export const CSV_HEAD = 'كشف حساب بلدية نابلس\r\nالتاريخ,المرجع,الاسم,البيان,مدين,دائن,الرصيد';

/** What employees do with bank accounts, each act under a key of its own. */
export function bankDesk(app: TestApp) {
  let keys = 0;
  let statements = 0;
  const post = (path: string, body: unknown = {}, { as = 'officer', key = `bank-${++keys}` } = {}) =>
    app.request('POST', path, { as, body, headers: { 'idempotency-key': key } });
  const line = async (id: number) => (await app.request('GET', `/bank-lines/${id}`, { as: 'officer' })).body;

  return {
    post,
    line,

    async account(iban = IBAN, more: object = {}): Promise<number> {
      const body = { name: `حساب ${iban.slice(-4)}`, bank: 'بنك تجريبي', iban, currency: 'ILS', ...more };
      const answer = await app.request('POST', '/bank-accounts', { as: 'supervisor', body });
      if (answer.status !== 201) throw new Error(`bank account: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.id;
    },

    import: (accountId: number, file: string | Buffer, { as = 'officer', type = 'text/xml', query = '' } = {}) =>
      app.request('POST', `/bank-accounts/${accountId}/statements${query}`, {
        as,
        body: file,
        headers: { 'content-type': type },
      }),

    /** Lines of a statement in its order, as they stand now. */
    async linesOf(statementId: number): Promise<any[]> {
      const query = `statementId=${statementId}&all=true&pageSize=100`;
      const { body } = await app.request('GET', `/bank-lines?${query}`, { as: 'officer' });
      return Promise.all(body.items.map(({ id }: { id: number }) => line(id)));
    },

    /** One statement with these movements, matched. @returns its lines */
    async statement(accountId: number, ...movements: Movement[]): Promise<any[]> {
      const told = { id: `T-${++statements}`, opening: '0.00', from: '2026-11-23', to: '2026-11-24' };
      const { body } = await this.import(accountId, camt({ ...told, movements }));
      await app.drain();
      return this.linesOf(body.statements[0].id);
    },

    accept: (lineId: number, proposalId: number, options = {}) =>
      post(`/bank-lines/${lineId}/proposals/${proposalId}/accept`, {}, options),
    resolve: (lineId: number, body: object, options = {}) => post(`/bank-lines/${lineId}/resolve`, body, options),
    undo: (lineId: number, postingIds: number[], options = { as: 'supervisor' }) =>
      post(`/bank-lines/${lineId}/undo`, { postingIds, reason: 'سُجلت خطأ' }, options),
    reconciliation: async (accountId: number) =>
      (await app.request('GET', `/bank-accounts/${accountId}/reconciliation`, { as: 'supervisor' })).body,
  };
}
