import { Injectable } from '@nestjs/common';
import { foldDigits } from '@libs/arabic';
import { Store, UnitOfWork } from '@libs/persistence';
import { readSerial } from '@libs/serial';
import { OneRecords } from '../../citizens';
import { Accounts, type HeldAccount } from '../accounts/accounts';
import { OpenCharges, type OpenCharge } from '../accounts/open-charges';
import { Holders, isApproved, type HeldBy } from '../bill-runs/holders';

export type AskedPayer = { oneRecordId: number } | { citizenId: number } | { number: string };

export interface PayableAccount extends HeldAccount {
  address: string | null;
  /** The account, bill or receipt that was asked for names it. */
  named: boolean;
  /** In the order in which they are paid. */
  charges: OpenCharge[];
}

/** Who stands at the counter: a OneRecord, a payer row that no approved record holds, or the holder of one account. */
export interface Payer extends Pick<HeldBy, 'name' | 'oneRecordId' | 'oneRecordNumber'> {
  citizenId: number | null;
  accounts: PayableAccount[];
}

/** An account a serial is about, by the kind of the serial. */
const ACCOUNTS_OF_SERIAL: Readonly<Record<string, string>> = {
  BL: 'SELECT b."account_id" AS "id" FROM "bills" b WHERE b."serial" = ?',
  RC: `SELECT DISTINCT l."account_id" AS "id" FROM "receipts" r JOIN "payment_lines" l ON l."payment_id" = r."payment_id"
       WHERE r."serial" = ?`,
};
const ACCOUNTS_OF_NUMBER = 'SELECT "id" FROM "billing_accounts" WHERE "number" = ?';

/** Payers with all that they may pay. */
@Injectable()
export class Payers {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly accounts: Accounts,
    private readonly holders: Holders,
    private readonly records: OneRecords,
    private readonly charges: OpenCharges,
  ) {}

  /**
   * @param asked a record, a row of the old systems, or the number of an account, the serial of a bill or of a receipt
   * @returns several when a number was another's before; none when nobody has it
   * @throws {Problem} http.not-found for the record
   */
  find(asked: AskedPayer): Promise<Payer[]> {
    return this.uow.run(async () => {
      if ('oneRecordId' in asked) return [await this.ofRecord(asked.oneRecordId, new Set())];
      if ('citizenId' in asked) return this.ofCitizen(asked.citizenId);
      const named = await this.accountsNamed(asked.number);
      return this.ofAccounts(named, new Set(named));
    });
  }

  private async ofCitizen(citizenId: number): Promise<Payer[]> {
    const record = (await this.records.holderOf([citizenId])).get(citizenId);
    if (record && isApproved(record)) return [await this.ofRecord(record.oneRecordId, new Set())];
    return this.ofAccounts(await this.accountsOfRow(citizenId), new Set());
  }

  private async ofRecord(asked: number, named: ReadonlySet<number>): Promise<Payer> {
    const { id, number, approvedName } = await this.records.getSurvivor(asked);
    const accounts = await this.payable(await this.accounts.ofRecord(id), named);
    return { oneRecordId: id, oneRecordNumber: number, citizenId: null, name: approvedName ?? number, accounts };
  }

  /** Those who hold the accounts, each with everything else that is theirs. */
  private async ofAccounts(ids: readonly number[], named: ReadonlySet<number>): Promise<Payer[]> {
    const payers = new Map<string, () => Promise<Payer>>();
    for (const [accountId, holder] of await this.holders.of(ids)) {
      const { oneRecordId, legacyCitizenId } = holder;
      if (oneRecordId !== null) payers.set(`record ${oneRecordId}`, () => this.ofRecord(oneRecordId, named));
      else payers.set(`row ${legacyCitizenId ?? `of ${accountId}`}`, () => this.ofRow(accountId, holder, named));
    }
    const found: Payer[] = [];
    for (const payer of payers.values()) found.push(await payer());
    return found;
  }

  private async ofRow(
    accountId: number,
    { name, legacyCitizenId }: HeldBy,
    named: ReadonlySet<number>,
  ): Promise<Payer> {
    const ids = legacyCitizenId === null ? [accountId] : await this.accountsOfRow(legacyCitizenId);
    const held = (await this.accounts.byIds(ids)).map((each) => ({ ...each, relation: 'SAME_PERSON' as const }));
    const accountsPaid = await this.payable(held, named);
    return { oneRecordId: null, oneRecordNumber: null, citizenId: legacyCitizenId, name, accounts: accountsPaid };
  }

  private async payable(held: readonly HeldAccount[], named: ReadonlySet<number>): Promise<PayableAccount[]> {
    const ids = held.map(({ account }) => account.id);
    const holders = await this.holders.of(ids);
    const charges = await this.charges.byAccount(ids);
    return held.map((each) => ({
      ...each,
      address: holders.get(each.account.id)!.address,
      named: named.has(each.account.id),
      charges: charges.get(each.account.id)!,
    }));
  }

  private async accountsOfRow(citizenId: number): Promise<number[]> {
    return this.idsOf('SELECT "id" FROM "billing_accounts" WHERE "legacy_citizen_id" = ?', citizenId);
  }

  private async accountsNamed(typed: string): Promise<number[]> {
    const read = readSerial(typed);
    if (!read.ok) return this.idsOf(ACCOUNTS_OF_NUMBER, foldDigits(typed).trim());
    const sql = ACCOUNTS_OF_SERIAL[read.kind];
    return sql ? this.idsOf(sql, read.serial) : [];
  }

  private async idsOf(sql: string, value: string | number): Promise<number[]> {
    const rows = await this.store.sql<{ id: number | string }>(sql, [value]);
    return rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
  }
}
