import { BankAccounts } from './bank-accounts';
import { BankAccountsController } from './bank-accounts.controller';
import { BankJobs } from './bank.jobs';
import { BankLines } from './bank-lines';
import { BankLinesController } from './bank-lines.controller';
import { ExpectedMoney } from './expected';
import { LineResolutions } from './line-resolutions';
import { LineUndoing } from './line-undoing';
import { Matcher } from './matcher';
import { NamedPayers } from './named-payers';
import { PayerReturns } from './payer-returns';
import { StatementImport } from './statement-import';
import { Statements } from './statements';
import { Suspense } from './suspense';

export const BANK_CONTROLLERS = [BankAccountsController, BankLinesController];
export const BANK_PROVIDERS = [
  BankAccounts,
  BankJobs,
  BankLines,
  ExpectedMoney,
  LineResolutions,
  LineUndoing,
  Matcher,
  NamedPayers,
  PayerReturns,
  StatementImport,
  Statements,
  Suspense,
];
