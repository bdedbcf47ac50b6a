export { checkDigit, isValidNationalId, maskId, parseNationalId } from './national-id';
export type { NationalIdKind, ParsedNationalId } from './national-id';
export { documentKey, documentKind } from './document-key';
export type { DocumentKind } from './document-key';
