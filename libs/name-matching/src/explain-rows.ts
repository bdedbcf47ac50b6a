import { normalizeText } from '@libs/arabic';
import { ID_FAILED, ID_NONE, ID_OTHER, ID_VALID, readDocument } from './batch/documents';
import { oneSlipApart, phoneNumber } from './batch/numbers';
import type { RegisterRow } from './batch/register';
import { compareNames } from './compare';
import type { Reason } from './explain';

const SAME_PHONE = { ar: 'الهاتف: متطابق', en: 'phone: same' };
const OTHER_PHONE = { ar: 'الهاتف: مختلف', en: 'phone: different' };
const SAME_ADDRESS = { ar: 'العنوان: متطابق', en: 'address: same' };
const OTHER_ADDRESS = { ar: 'العنوان: مختلف', en: 'address: different' };

/** Why two rows of a register are, or are not, one person: the names token by token, then document, phone, address. */
export function explainRows(a: RegisterRow, b: RegisterRow): Reason[] {
  const reasons = compareNames(a.name, b.name).explain();
  const document = documentReason(a, b);
  if (document) reasons.push(document);
  const [phoneA, phoneB] = [phoneNumber(a.phone ?? ''), phoneNumber(b.phone ?? '')];
  if (phoneA > 0 && phoneB > 0) reasons.push(phoneA === phoneB ? SAME_PHONE : OTHER_PHONE);
  const [placeA, placeB] = [normalizeText(a.address ?? ''), normalizeText(b.address ?? '')];
  if (placeA !== '' && placeB !== '') reasons.push(placeA === placeB ? SAME_ADDRESS : OTHER_ADDRESS);
  return reasons;
}

function documentReason(a: RegisterRow, b: RegisterRow): Reason | null {
  const [x, y] = [readDocument(a.docType, a.docNo), readDocument(b.docType, b.docNo)];
  if (x.kind === ID_NONE || y.kind === ID_NONE) return null;
  if (x.kind === ID_OTHER || y.kind === ID_OTHER) {
    if (x.kind !== y.kind) return null;
    if (x.key === y.key) return { ar: 'الوثيقة: متطابقة', en: 'document: same' };
    return { ar: 'الوثيقة: مختلفة', en: 'document: different' };
  }
  if (x.id === y.id) return { ar: 'الهوية: متطابقة', en: 'ID: same' };
  if (x.kind === ID_VALID && y.kind === ID_VALID) {
    return { ar: 'الهوية: رقمان صحيحان مختلفان، شخصان', en: 'ID: two different valid numbers, two persons' };
  }
  const slip = (x.kind === ID_FAILED || y.kind === ID_FAILED) && oneSlipApart(x.id, y.id);
  return slip
    ? { ar: 'الهوية: بفارق رقم واحد', en: 'ID: one digit off' }
    : { ar: 'الهوية: مختلفة', en: 'ID: different' };
}
