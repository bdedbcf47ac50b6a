import { parseNationalId } from '@libs/national-id';
import type { Schemas } from '../api/client';
import { errorsByField, type Problem } from '../api/problem';
import type { Language } from '../i18n/dictionary';
import { splitName } from './split-name';

export type PartyType = Schemas['OneRecordView']['partyType'];
export type DocumentType = Schemas['DocumentInput']['type'];
type Row = Schemas['CitizenRowView'];
type OneRecord = Schemas['OneRecordView'];
type NameParts = Schemas['NameInput'];

export const NAME_PARTS = ['given', 'father', 'grandfather', 'family'] as const;

/** Who the record is, as typed; keys are the places of the API's body, so that its refusals find their field. */
export type Identity = Partial<Record<Place, string>>;
export type Place =
  | `${'name' | 'latinName'}.${(typeof NAME_PARTS)[number] | 'body'}`
  | 'document.type'
  | 'document.number'
  | 'phone'
  | 'email'
  | 'bornOn'
  | 'diedOn';

export const PARTIES = ['INDIVIDUAL', 'COMPANY', 'HEIRS', 'INSTITUTION'] as const satisfies readonly PartyType[];

/** A proposal: companies and estates say so in their name or document. */
export function likelyParty(rows: readonly { name: string; docType: string }[]): PartyType {
  const all = (pattern: RegExp) => rows.every(({ name, docType }) => pattern.test(`${docType} ${name}`));
  if (rows.length > 0 && all(/سجل تجاري|^\s*شرك[ةه]|\sشرك[ةه]\s/)) return 'COMPANY';
  return rows.length > 0 && all(/ورث[ةه]/) ? 'HEIRS' : 'INDIVIDUAL';
}

export const documentTypes = (party: PartyType): DocumentType[] =>
  party === 'INDIVIDUAL'
    ? ['NATIONAL_ID', 'PASSPORT']
    : party === 'COMPANY'
      ? ['COMPANY_REGISTER']
      : ['NATIONAL_ID', 'PASSPORT', 'COMPANY_REGISTER'];

const namesOf = (place: 'name' | 'latinName', parts: NameParts | null | undefined): Identity =>
  Object.fromEntries(Object.entries(parts ?? {}).map(([part, text]) => [`${place}.${part}`, text]));

/** What the rows propose: the name of the approved one, the valid ID and the phone of it or of another. */
export function identityOfRows(approved: Row | undefined, rows: readonly Row[], party: PartyType): Identity {
  if (!approved) return {};
  const inOrder = [approved, ...rows.filter((row) => row !== approved && !row.joint)];
  const identified = inOrder.find(({ validId, documentKey }) =>
    party === 'COMPANY' ? documentKey?.startsWith('company:') : validId && documentKey,
  );
  const phone = inOrder.map(({ phoneE164 }) => phoneE164).find((number) => number?.startsWith('+9705'));
  const name = party === 'INDIVIDUAL' ? splitName(approved.rawName) : { body: approved.rawName };
  return {
    ...namesOf('name', name),
    'document.type': documentTypes(party)[0],
    ...(identified && { 'document.number': identified.documentKey!.split(':')[1] }),
    ...(phone && { phone: phone.replace('+970', '0') }),
  };
}

export const identityOfRecord = (record: OneRecord): Identity => ({
  ...namesOf('name', record.name),
  ...namesOf('latinName', record.latinName),
  ...(record.documentType && { 'document.type': record.documentType }),
  ...(record.documentNumber && { 'document.number': record.documentNumber }),
  ...(record.phone && { phone: record.phone }),
  ...(record.email && { email: record.email }),
  ...(record.bornOn && { bornOn: record.bornOn }),
  ...(record.diedOn && { diedOn: record.diedOn }),
});

/** Left-out members stay as they are. */
export function identityBody(identity: Identity, party: PartyType): Schemas['IdentifyInput'] {
  const value = (place: Place) => identity[place]?.trim() || undefined;
  const parts = party === 'INDIVIDUAL' ? NAME_PARTS : (['body'] as const);
  const names = (place: 'name' | 'latinName'): NameParts =>
    Object.fromEntries(parts.map((part) => [part, value(`${place}.${part}`)]));
  const latinName = names('latinName');
  return {
    name: names('name'),
    ...(Object.values(latinName).some(Boolean) && { latinName }),
    document: {
      type: (value('document.type') as DocumentType | undefined) ?? documentTypes(party)[0]!,
      number: value('document.number') ?? '',
    },
    phone: value('phone'),
    email: value('email'),
    bornOn: value('bornOn'),
    diedOn: value('diedOn'),
  };
}

/** Refusals that name no field but mean one. */
const FIELDS: Record<string, Place> = {
  'citizens.phone-invalid': 'phone',
  'citizens.document-held': 'document.number',
  'citizens.document-unusable': 'document.number',
  'citizens.national-id-invalid': 'document.number',
  'citizens.document-type': 'document.type',
  'citizens.name-joint': 'name.given',
  'citizens.dates-impossible': 'bornOn',
};

export function identityErrors(problem: Problem, language: Language): Record<string, string> {
  const field = FIELDS[problem.code];
  return { ...errorsByField(problem, language), ...(field && { [field]: problem.title }) };
}

/** What is known of a number before the server is asked. */
export function judgeDocument(type: string | undefined, number: string | undefined): 'good' | 'bad' | undefined {
  if (type !== 'NATIONAL_ID' || !number?.trim()) return undefined;
  const { kind } = parseNationalId(number);
  if (kind === 'valid' || kind === 'completed') return 'good';
  return number.replace(/\D/g, '').length >= 9 ? 'bad' : undefined;
}
