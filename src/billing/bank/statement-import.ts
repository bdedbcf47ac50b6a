import { Inject, Injectable } from '@nestjs/common';
import { BankStatementError, readCamt053, readCsv, type BankFile, type BankStatement } from '@libs/bank-statements';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { formatAmount } from '@libs/money';
import { Outbox } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { createHash } from 'node:crypto';
import { Audit } from '../../identity';
import { Books } from '../books/books';
import type { PostingRequest } from '../books/posting';
import { MATCH_ASKED } from './bank.jobs';
import { BankAccount, BankLine, ImportedStatement } from './bank.entity';
import { BankAccounts, csvProfileOf } from './bank-accounts';
import { lineDimension } from './bank-lines';
import { BANK } from './bank.problems';
import { openDays } from './open-days';
import { Statements } from './statements';
import { continuesOne, fingerprintOf, placeKey, sortOut, type NewLine } from './statement.rules';

export interface StatementFile {
  bytes: Buffer;
  csv: boolean;
  /** Of a CSV file, where it does not tell them; minor units. */
  openingBalance?: number;
  closingBalance?: number;
}

const LINE = [
  'id',
  'version',
  'bankAccountId',
  'statementId',
  'position',
  'place',
  'fingerprint',
  'occurrence',
  'dimension',
  'bookedOn',
  'valueOn',
  'currency',
  'amount',
  'references',
  'counterparty',
  'counterpartyAccount',
  'description',
  'bankReference',
  'reversal',
  'postingId',
] as const satisfies readonly (keyof BankLine)[];

/** Files of the bank: read as a whole or not at all, each movement once, however the files overlap. */
@Injectable()
export class StatementImport {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly books: Books,
    private readonly accounts: BankAccounts,
    private readonly statements: Statements,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The statements of the account in the file; of a file that was imported before, those of then. Each movement is
   * posted, Dr BANK, Cr SUSPENSE for what came in, and waits there to be matched.
   * @throws {Problem} http.not-found; billing.bank-account-out-of-use, csv-profile-missing, statement-unreadable,
   * statement-of-another-account, date-in-future
   */
  async import(bankAccountId: number, file: StatementFile, caller: Principal): Promise<ImportedStatement[]> {
    const account = await this.accounts.get(bankAccountId);
    if (!account.active) throw new Problem(BANK['billing.bank-account-out-of-use']);
    const fileHash = createHash('sha256').update(file.bytes).digest('hex');
    const known = await this.statements.ofFile(account.id, fileHash);
    if (known.length > 0) return known;
    const read = readFile(file, account);
    const own = read.statements.filter((each) => isOf(each, account));
    if (own.length === 0) throw new Problem(BANK['billing.statement-of-another-account']);
    return this.uow.run(async () => {
      await this.store.hold(BankAccount, [account.id]);
      const before = await this.statements.ofFile(account.id, fileHash);
      if (before.length > 0) return before;
      const imported: ImportedStatement[] = [];
      for (const [position, statement] of own.entries()) {
        const row = { fileHash, position, format: read.format, importedBy: caller.userId };
        imported.push(await this.write(account, statement, row));
      }
      const detail = { bankAccountId, fileHash, statementIds: imported.map(({ id }) => id) };
      await this.audit.record({ action: 'billing.bank-statement-imported', detail });
      await this.outbox.add(MATCH_ASKED, { bankAccountId });
      return imported;
    });
  }

  private async write(
    account: BankAccount,
    statement: BankStatement,
    row: Pick<ImportedStatement, 'fileHash' | 'position' | 'format' | 'importedBy'>,
  ): Promise<ImportedStatement> {
    const { entries } = statement;
    const lines = await this.newLines(account, statement);
    const total = sum(entries);
    const amount = sum(lines.map(({ entry }) => entry));
    const imported: ImportedStatement = {
      id: await this.ids.one(),
      bankAccountId: account.id,
      ...row,
      reference: statement.id?.slice(0, 100) ?? null,
      sequence: statement.sequence?.slice(0, 100) ?? null,
      fromOn: statement.from,
      toOn: statement.to,
      openingBalance: statement.openingBalance,
      closingBalance: statement.closingBalance,
      lines: lines.length,
      amount,
      repeated: entries.length - lines.length,
      repeatedAmount: total - amount,
      unbooked: statement.unbooked.length,
      importedAt: this.clock.now(),
    };
    await this.store.insert(ImportedStatement, imported);
    await this.writeLines(account, imported, lines);
    return imported;
  }

  private async newLines(account: BankAccount, statement: BankStatement): Promise<NewLine[]> {
    const { entries } = statement;
    const counts = await this.store.selectIn<{ fingerprint: string; count: number | string }>(
      (list) =>
        `SELECT "fingerprint", MAX("occurrence") AS "count" FROM "bank_lines"
         WHERE "fingerprint" IN (${list}) AND "bank_account_id" = ? GROUP BY "fingerprint"`,
      [...new Set(entries.map(fingerprintOf))],
      [account.id],
    );
    const named = statement.id?.slice(0, 100) ?? '';
    const alike = await this.store.sql<
      Record<'place' | 'booked_on' | 'reference', string> & { amount: number | string }
    >(
      `SELECT l."place", l."booked_on", l."amount", s."reference" FROM "bank_lines" l
       JOIN "bank_statements" s ON s."id" = l."statement_id" WHERE s."bank_account_id" = ? AND s."reference" = ?`,
      [account.id, named],
    );
    // A server takes texts of people for equal that differ in case, accents or blanks at the end.
    const places = alike.filter(({ reference }) => reference === named);
    const known = {
      counts: new Map(counts.map(({ fingerprint, count }) => [fingerprint, Number(count)])),
      places: new Set(
        places.map(({ place, booked_on, amount }) =>
          placeKey({ ref: place, bookedOn: booked_on, amount: Number(amount) }),
        ),
      ),
    };
    return sortOut(entries, known, continuesOne(statement, await this.statements.balances(account.id)));
  }

  private async writeLines(account: BankAccount, { id, importedBy }: ImportedStatement, lines: NewLine[]) {
    const lineIds = await this.ids.many(lines.length);
    const dayOf = await openDays(
      this.store,
      this.clock,
      lines.map(({ entry }) => entry.bookedOn),
    );
    const requests: PostingRequest[] = [];
    const requestOf = lines.map(({ entry }, at) => {
      const { amount, bookedOn, counterparty, description, reference } = entry;
      if (amount === 0) return null;
      const said = counterparty ?? description ?? reference ?? '';
      return requests.push({
        kind: 'BANK',
        on: dayOf(bookedOn),
        description: `كشف ${account.bank}: ${said}`.slice(0, 300),
        document: { type: 'bank-line', id: lineIds[at]! },
        by: importedBy,
        entries: [
          { ledger: 'BANK', currency: account.currency, amount, dimension: account.iban },
          { ledger: 'SUSPENSE', currency: account.currency, amount: -amount, dimension: lineDimension(lineIds[at]!) },
        ],
      });
    });
    const posted = await this.books.postMany(requests);
    await this.store.bulkInsert(
      BankLine,
      LINE,
      lines.map(({ entry, position, fingerprint, occurrence }, at) => [
        lineIds[at],
        1,
        account.id,
        id,
        position,
        entry.ref.slice(0, 200),
        fingerprint,
        occurrence,
        lineDimension(lineIds[at]!),
        entry.bookedOn,
        entry.valueOn,
        account.currency,
        entry.amount,
        entry.references.join('\n') || null,
        entry.counterparty?.slice(0, 200) ?? null,
        entry.counterpartyAccount?.slice(0, 60) ?? null,
        describedWithOrder(entry),
        entry.bankReference?.slice(0, 100) ?? null,
        Number(entry.reversal),
        requestOf[at] === null ? null : posted[requestOf[at]! - 1]!.postingId,
      ]),
    );
  }
}

const sum = (entries: readonly { amount: number }[]): number =>
  entries.reduce((total, { amount }) => total + amount, 0);

const isOf = ({ iban, account, currency }: BankStatement, known: BankAccount): boolean =>
  currency === known.currency && (iban === null ? account === known.number : iban === known.iban);

function describedWithOrder({ description, instructed }: BankStatement['entries'][number]): string | null {
  const order = instructed && `${formatAmount(instructed.minor, instructed.currency)} ${instructed.currency}`;
  return [description, order].filter((part) => part !== null).join('\n') || null;
}

/** @throws {Problem} billing.csv-profile-missing; statement-unreadable with every fault, line by line */
function readFile({ bytes, csv, openingBalance, closingBalance }: StatementFile, account: BankAccount): BankFile {
  try {
    if (!csv) return readCamt053(bytes);
    const control = {
      ...(openingBalance !== undefined && { openingBalance }),
      ...(closingBalance !== undefined && { closingBalance }),
    };
    return readCsv(bytes, csvProfileOf(account), control);
  } catch (error) {
    if (!(error instanceof BankStatementError)) throw error;
    throw new Problem(BANK['billing.statement-unreadable'], { extra: { faults: error.faults } });
  }
}
