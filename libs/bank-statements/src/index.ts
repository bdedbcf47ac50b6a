export { readCamt053 } from './camt053';
export type { ReadLimits } from './decode';
export { BankStatementError } from './faults';
export type { Fault, FaultCode } from './faults';
export { isValidIban, normalizeIban } from './iban';
export type { BankEntry, BankFile, BankStatement, UnbookedEntry, UnbookedStatus } from './statement';
