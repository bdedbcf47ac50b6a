import { ChequeActs } from './cheque-acts';
import { ChequeBook } from './cheque-book';
import { ChequeDeposits } from './cheque-deposits';
import { ChequeDepositsController } from './cheque-deposits.controller';
import { ChequeMaturing } from './cheque-maturing';
import { ChequeOutcomes } from './cheque-outcomes';
import { ChequePayerReturns } from './cheque-payer-returns';
import { ChequePostings } from './cheque-postings';
import { ChequePromises } from './cheque-promises';
import { ChequeSearch } from './cheque-search';
import { ChequeSuspense } from './cheque-suspense';
import { ChequeSuspenseController } from './cheque-suspense.controller';
import { ChequeTenders } from './cheque-tenders';
import { ChequeUndoing } from './cheque-undoing';
import { ChequesController } from './cheques.controller';

export const CHEQUE_CONTROLLERS = [ChequeSuspenseController, ChequesController, ChequeDepositsController];
export const CHEQUE_PROVIDERS = [
  ChequeActs,
  ChequeBook,
  ChequeDeposits,
  ChequeMaturing,
  ChequeOutcomes,
  ChequePayerReturns,
  ChequePostings,
  ChequePromises,
  ChequeSearch,
  ChequeSuspense,
  ChequeTenders,
  ChequeUndoing,
];
