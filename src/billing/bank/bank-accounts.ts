import { Inject, Injectable } from '@nestjs/common';
import {
  BankStatementError,
  isValidIban,
  normalizeIban,
  parseCsvProfile,
  type CsvProfile,
} from '@libs/bank-statements';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { BankAccount, type StoredCsvProfile } from './bank.entity';
import { BANK } from './bank.problems';

export interface TypedBankAccount {
  name: string;
  bank: string;
  iban: string;
  number?: string;
  currency: string;
  csvProfile?: StoredCsvProfile;
}

type Changes = Partial<Pick<TypedBankAccount, 'name' | 'number' | 'csvProfile'>> & { active?: boolean };

/** The accounts that the municipality has at banks. */
@Injectable()
export class BankAccounts {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  all(): Promise<BankAccount[]> {
    return this.store.reads(BankAccount).find({ order: { name: 'ASC', id: 'ASC' } });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<BankAccount> {
    const account = await this.store.reads(BankAccount).findOneBy({ id });
    if (!account) throw new Problem('http.not-found');
    return account;
  }

  /** @throws {Problem} http.invalid for the IBAN; billing.csv-profile-invalid, bank-account-taken */
  async create(typed: TypedBankAccount, caller: Principal): Promise<BankAccount> {
    const iban = normalizeIban(typed.iban);
    if (!isValidIban(iban)) throw invalidField('/iban', 'iban');
    const { name, bank, currency } = typed;
    try {
      return await this.uow.run(async () => {
        const account: BankAccount = {
          id: await this.ids.one(),
          version: 1,
          name,
          bank,
          iban,
          number: typed.number || null,
          currency,
          csvProfile: typed.csvProfile ?? null,
          active: true,
          createdBy: caller.userId,
          createdAt: this.clock.now(),
        };
        if (account.csvProfile) csvProfileOf(account);
        await this.store.insert(BankAccount, account);
        await this.record('billing.bank-account-created', account);
        return account;
      });
    } catch (error) {
      throw isUniqueViolation(error) ? new Problem(BANK['billing.bank-account-taken']) : error;
    }
  }

  /** @throws {Problem} http.not-found; billing.csv-profile-invalid */
  change(id: number, version: number, { name, number, csvProfile, active }: Changes): Promise<BankAccount> {
    return this.uow.run(async () => {
      const account = await this.get(id);
      const next = {
        name: name ?? account.name,
        number: number === undefined ? account.number : number || null,
        csvProfile: csvProfile ?? account.csvProfile,
        active: active ?? account.active,
      };
      if (csvProfile) csvProfileOf({ ...account, ...next });
      const changed = await this.store.updateVersioned(BankAccount, { id, version }, next);
      await this.record('billing.bank-account-changed', { ...account, ...next });
      return { ...account, ...next, version: changed };
    });
  }

  private record(action: string, { id, iban, currency, active }: BankAccount): Promise<void> {
    return this.audit.record({ action, detail: { bankAccountId: id, iban, currency, active } });
  }
}

/** @throws {Problem} billing.csv-profile-missing; csv-profile-invalid, with what is wrong */
export function csvProfileOf({ csvProfile, iban, currency }: BankAccount): CsvProfile {
  if (!csvProfile) throw new Problem(BANK['billing.csv-profile-missing']);
  try {
    return parseCsvProfile({ ...csvProfile, iban, currency });
  } catch (error) {
    if (!(error instanceof BankStatementError)) throw error;
    throw new Problem(BANK['billing.csv-profile-invalid'], { extra: { faults: error.faults } });
  }
}
