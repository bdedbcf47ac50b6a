import { compactDocumentNumber, parseNationalId } from './national-id';

/** Kind of identity document a legacy row claims to hold. */
export type DocumentKind = 'national-id' | 'passport' | 'company' | 'unknown';

const SHORTEST_USEFUL_NUMBER = 4;
const ALPHANUMERIC = /^[0-9A-Z]+$/;
const PLACEHOLDERS = /^(?:([0-9])\1*|0?123456789|[A-Z]+)$/;

/** Kind named by a legacy DOC_TYPE (هوية، جواز سفر، سجل تجاري) or by its code; anything else is `unknown`. */
export function documentKind(docType: string | null | undefined): DocumentKind {
  switch (docType?.trim()) {
    case 'هوية':
    case 'هويه':
    case 'national-id':
      return 'national-id';
    case 'جواز سفر':
    case 'جواز':
    case 'passport':
      return 'passport';
    case 'سجل تجاري':
    case 'سجل تجارى':
    case 'company':
      return 'company';
    default:
      return 'unknown';
  }
}

/**
 * Key under which two legacy documents are the same document: `national-id:403980295`, `passport:6143318`,
 * `company:562901743`, `unknown:77123`. National IDs of 8 digits are completed; one that fails its check digit is
 * kept as written, because many real ones do. A number without a known type that is a valid national ID beginning
 * with 4, 8 or 9 is keyed as one. Null when the number tells nobody apart: empty, zeros, one digit repeated,
 * 123456789, letters alone, fewer than 4 characters, or text that is no number.
 */
export function documentKey(docType: string | null | undefined, raw: string | null | undefined): string | null {
  const kind = documentKind(docType);
  const number = compactDocumentNumber(raw).toUpperCase();
  if (number.length < SHORTEST_USEFUL_NUMBER || !ALPHANUMERIC.test(number) || PLACEHOLDERS.test(number)) return null;
  if (kind === 'passport' || kind === 'company') return `${kind}:${number}`;

  const parsed = parseNationalId(number);
  if (kind === 'national-id') return `national-id:${parsed.id ?? number}`;
  const looksIssued = parsed.kind === 'valid' && /^[489]/.test(number);
  return looksIssued ? `national-id:${number}` : `unknown:${number}`;
}
