import { documentKey, documentKind } from '@libs/national-id';
import { completed, digitsOf, passesCheck } from './numbers';

/** What stands in a document column. Only VALID, FAILED and OTHER are numbers that identify anybody. */
export const ID_NONE = 0;
/** Nine digits that pass the check, or eight completed by it. */
export const ID_VALID = 1;
/** Nine digits that fail the check: a typing error, or one of the many real IDs that do. */
export const ID_FAILED = 2;
/** A passport, a company's number or a number of unknown kind; comparable only as equal or not. */
export const ID_OTHER = 3;

export interface ReadDocument {
  kind: number;
  /** The nine digits of a national ID, 0 for any other. */
  id: number;
  /** Key of a document of another kind (libs/national-id). */
  key: string;
}

const NONE: ReadDocument = { kind: ID_NONE, id: 0, key: '' };
const FIRST_ISSUED = 400_000_000;
const NATIONAL_KEY = 'national-id:';

/** Reads a raw document; numbers that stand for none (zeros, one digit repeated, 123456789) are none. */
export function readDocument(docType: string | null | undefined, docNo: string | null | undefined): ReadDocument {
  if (!docNo) return NONE;
  const { value, count } = digitsOf(docNo);
  if (value === 0) return NONE;
  const type = documentKind(docType);
  const isNational = type === 'national-id' || (type === 'unknown' && value >= FIRST_ISSUED && passesCheck(value));
  if (isNational && value > 0 && (count === 9 || (count === 8 && type === 'national-id'))) {
    if (isPlaceholder(value)) return NONE;
    if (count === 8) return { kind: ID_VALID, id: completed(value), key: '' };
    return { kind: passesCheck(value) ? ID_VALID : ID_FAILED, id: value, key: '' };
  }
  const key = documentKey(docType, docNo);
  return key === null ? NONE : { kind: ID_OTHER, id: 0, key };
}

function isPlaceholder(value: number): boolean {
  if (value === 123_456_789 || value === 12_345_678) return true;
  const digit = value % 10;
  for (let rest = value; rest > 0; rest = Math.floor(rest / 10)) if (rest % 10 !== digit) return false;
  return true;
}

/** {@link readDocument} of a canonical key (libs/national-id). */
export function documentOfKey(key: string | null): ReadDocument {
  if (key === null) return NONE;
  const number = key.startsWith(NATIONAL_KEY) ? Number(key.slice(NATIONAL_KEY.length)) : NaN;
  if (number >= 1e8 && number < 1e9) return { kind: passesCheck(number) ? ID_VALID : ID_FAILED, id: number, key: '' };
  return { kind: ID_OTHER, id: 0, key };
}
