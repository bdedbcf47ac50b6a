import { QueryFailedError } from 'typeorm';

interface DriverError {
  code?: string;
  number?: number;
}

const driverError = (error: unknown): DriverError =>
  error instanceof QueryFailedError ? (error.driverError as DriverError) : ((error ?? {}) as DriverError);

/** SQL Server 2627 (constraint) or 2601 (index). */
export function isUniqueViolation(error: unknown): boolean {
  const { code, number } = driverError(error);
  return (
    number === 2627 || number === 2601 || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  );
}

/** SQL Server 547 also stands for a failed CHECK; both mean that a row names something that does not hold. */
export function isReferenceViolation(error: unknown): boolean {
  const { code, number } = driverError(error);
  return number === 547 || code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
}

/** Deadlock victim 1205, lock timeout 1222, snapshot conflict 3960. */
const SERVER_RETRIES = [1205, 1222, 3960];
/** Another process writes the embedded file, or puts its log in order after one that was killed. */
const EMBEDDED_RETRIES = ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_BUSY_RECOVERY'];

export function isWorthRetrying(error: unknown): boolean {
  const { code = '', number = 0 } = driverError(error);
  return SERVER_RETRIES.includes(number) || EMBEDDED_RETRIES.includes(code);
}

/** The server does not answer or refuses the login, or the file cannot be opened. */
export function isUnreachable(error: unknown): boolean {
  const { code } = (error ?? {}) as DriverError;
  return code !== undefined && ['ESOCKET', 'ELOGIN', 'ETIMEOUT', 'ECONNCLOSED', 'SQLITE_CANTOPEN'].includes(code);
}

/** The row was changed by someone else since it was read. */
export class StaleVersionError extends Error {
  constructor(
    readonly entity: string,
    readonly id: number,
  ) {
    super(`${entity} ${id} was changed meanwhile`);
  }
}

interface Loggable {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  number?: number;
  query?: string;
}

/** Of a database's message what is no value: SQL Server quotes the row that it refuses. */
const withoutValues = (message: string): string => message.replace(/'.*'|\(.*\)/gs, '…');

/** What may be logged of an error. Those of a database carry the values of a statement, which name people. */
export function loggable(given: unknown): Loggable {
  if (!(given instanceof Error)) return { type: typeof given, message: String(given) };
  const { code, number } = driverError(given);
  const ofDatabase = given instanceof QueryFailedError;
  const frames = given.stack?.indexOf('\n    at ') ?? -1;
  return {
    type: given.constructor.name,
    message: ofDatabase ? withoutValues(given.message) : given.message,
    ...(frames >= 0 && { stack: given.stack!.slice(frames + 1) }),
    ...(code !== undefined && { code }),
    ...(number !== undefined && { number }),
    ...(ofDatabase && { query: given.query }),
  };
}
