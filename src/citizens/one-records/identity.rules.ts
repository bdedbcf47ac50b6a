import { foldDigits, hasLetters, jointMarker, normalizeName, stripBidiControls } from '@libs/arabic';
import type { LocalDate } from '@libs/calendar';
import { Problem, type FieldError } from '@libs/http';
import { documentKey, isValidNationalId, parseNationalId } from '@libs/national-id';
import { parsePhone } from '@libs/phone';
import { CODES } from '../citizens.problems';
import type { DocumentType, NameParts, OneRecord, PartyType } from './one-record.entity';

/** Who the record is, as a clerk reads it from the document; absent members stay as they are. */
export interface IdentityInput {
  name?: NameParts;
  latinName?: NameParts;
  document?: { type: DocumentType; number: string };
  phone?: string;
  email?: string;
  bornOn?: LocalDate;
  diedOn?: LocalDate;
}

const PERSON = ['given', 'father', 'grandfather', 'family'] as const;
const BODY = ['body'] as const;
const KINDS = { NATIONAL_ID: 'national-id', PASSPORT: 'passport', COMPANY_REGISTER: 'company' } as const;
const LATIN = /^[\p{Script=Latin}\p{M}' .-]+$/u;

/**
 * The columns that `input` sets on a record of that kind.
 * @param today in Hebron
 * @throws {Problem} citizens.name-incomplete, .name-joint, .document-type, .document-unusable, .phone-invalid,
 * .dates-impossible
 */
export function identityColumns(
  record: Pick<OneRecord, 'partyType' | 'bornOn' | 'diedOn'>,
  input: IdentityInput,
  today: LocalDate,
): Partial<OneRecord> {
  const { partyType } = record;
  const { bornOn = record.bornOn, diedOn = record.diedOn } = input;
  if ((bornOn ?? '') > (diedOn ?? today) || (diedOn ?? '') > today)
    throw new Problem(CODES['citizens.dates-impossible']);
  return {
    ...(input.name && arabicName(partyType, input.name)),
    ...(input.latinName && latinName(partyType, input.latinName)),
    ...(input.document && documentColumns(partyType, input.document)),
    ...(input.phone !== undefined && phoneColumns(input.phone)),
    ...(input.email !== undefined && { email: input.email }),
    ...(input.bornOn !== undefined && { bornOn: input.bornOn }),
    ...(input.diedOn !== undefined && { diedOn: input.diedOn }),
  };
}

function arabicName(partyType: PartyType, given: NameParts): Partial<OneRecord> {
  const { parts, errors } = readParts(partyType, given, 'name', isNamePart);
  if (errors.length > 0) throw new Problem(CODES['citizens.name-incomplete'], { errors });
  const approvedName = Object.values(parts).join(' ');
  if (partyType === 'INDIVIDUAL' && jointMarker(approvedName)) throw new Problem(CODES['citizens.name-joint']);
  return { nameParts: parts, approvedName };
}

function latinName(partyType: PartyType, given: NameParts): Partial<OneRecord> {
  const { parts, errors } = readParts(partyType, given, 'latinName', (part) => LATIN.test(part) && hasLetters(part));
  if (errors.length > 0) throw new Problem(CODES['citizens.name-incomplete'], { errors });
  return { latinNameParts: parts, approvedLatinName: Object.values(parts).join(' ') };
}

/** A name has letters and no digits, and is more than a title or punctuation. */
const isNamePart = (part: string): boolean =>
  hasLetters(part) && !/[0-9]/.test(foldDigits(part)) && normalizeName(part) !== '';

function readParts(partyType: PartyType, given: NameParts, member: string, isGood: (part: string) => boolean) {
  const wanted: readonly (keyof NameParts)[] = partyType === 'INDIVIDUAL' ? PERSON : BODY;
  const parts: NameParts = {};
  const errors: FieldError[] = [];
  for (const name of [...PERSON, ...BODY]) {
    const part = stripBidiControls(given[name] ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    if (!wanted.includes(name)) {
      if (part !== '') errors.push({ pointer: `/${member}/${name}`, code: 'unknown' });
    } else if (part === '') errors.push({ pointer: `/${member}/${name}`, code: 'required' });
    else if (!isGood(part)) errors.push({ pointer: `/${member}/${name}`, code: 'name' });
    else parts[name] = part;
  }
  return { parts, errors };
}

/** Individuals have no company register, companies nothing else. An estate may carry the document of the deceased. */
function documentColumns(partyType: PartyType, { type, number: raw }: { type: DocumentType; number: string }) {
  const isCompanyRegister = type === 'COMPANY_REGISTER';
  if ((partyType === 'INDIVIDUAL' && isCompanyRegister) || (partyType === 'COMPANY' && !isCompanyRegister)) {
    throw new Problem(CODES['citizens.document-type']);
  }
  const key = documentKey(KINDS[type], raw);
  if (key === null || key.length > 40) throw new Problem(CODES['citizens.document-unusable']);
  return {
    documentType: type,
    documentNumber: key.slice(key.indexOf(':') + 1),
    documentKey: key,
    claimedDocumentKey: partyType === 'HEIRS' ? `heirs/${key}` : key,
    idOverrideReason: null,
    idOverriddenBy: null,
  };
}

function phoneColumns(raw: string): Partial<OneRecord> {
  const { e164 } = parsePhone(raw);
  if (!e164) throw new Problem(CODES['citizens.phone-invalid']);
  return { phoneE164: e164, phoneVerifiedAt: null };
}

/** A national ID must pass its check, or a supervisor must have answered for it. */
export const needsOverride = (
  record: Pick<OneRecord, 'documentType' | 'documentNumber' | 'idOverrideReason'>,
): boolean =>
  record.documentType === 'NATIONAL_ID' &&
  record.idOverrideReason === null &&
  parseNationalId(record.documentNumber).kind !== 'valid';

/** The valid national IDs among document keys: two of them are never one person. */
export function validNationalIds(keys: readonly (string | null)[]): Set<string> {
  const ids = keys.flatMap((key) => (key?.startsWith('national-id:') ? [key.slice('national-id:'.length)] : []));
  return new Set(ids.filter(isValidNationalId));
}
