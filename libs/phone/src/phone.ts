import { digitValue } from '@libs/arabic';

export type PhoneKind = 'mobile' | 'fixed' | 'invalid' | 'empty';

export interface ParsedPhone {
  kind: PhoneKind;
  /** `+970` and the national number; present for `mobile` and `fixed` only. */
  e164?: string;
}

const MOBILE = /^5[69][0-9]{7}$/;
const FIXED = /^(?:22[234789]|42[45]|82[01458]|92[369])[0-9]{5}$/;
const COUNTRY = /^(?:\+|00)?97[02]0?(?=[0-9]{8})/;
const LONGEST_WITH_PREFIXES = 15;
const SEPARATORS = ' -./()\t\r\n\u00a0\u00ad\u061c\u0640\ufeff';

/**
 * Judges a Palestinian phone as people and the old systems write it: `0599123456`, `599123456`, `059-9123456`,
 * `+970 / 972 / 00970 / 00972` before it, fixed lines with or without their 0; Arabic-Indic digits, separators and
 * bidi controls allowed. Numbering plan: mobiles 56 and 59 with 7 digits; fixed lines 22, 42, 82, 92 with 6.
 * The older code 972 is stored as 970. Anything else, also an Israeli 05x, is `invalid`.
 */
export function parsePhone(raw: string | null | undefined): ParsedPhone {
  const dialled = dialledDigits(raw ?? '');
  if (dialled === '') return { kind: 'empty' };
  if (dialled === null || dialled.length > LONGEST_WITH_PREFIXES) return { kind: 'invalid' };
  const national = COUNTRY.test(dialled) ? dialled.replace(COUNTRY, '') : dialled.replace(/^0(?=[1-9])/, '');
  if (MOBILE.test(national)) return { kind: 'mobile', e164: `+970${national}` };
  if (FIXED.test(national)) return { kind: 'fixed', e164: `+970${national}` };
  return { kind: 'invalid' };
}

/** Country code and last four digits of an E.164 number: `+970*****6981`; any other text keeps its last four. For lists and logs. */
export function maskPhone(phone: string): string {
  const shown = phone.startsWith('+970') ? 4 : 0;
  const hidden = phone.length - shown - 4;
  if (hidden <= 0) return '*'.repeat(phone.length);
  return phone.slice(0, shown) + '*'.repeat(hidden) + phone.slice(-4);
}

/** Digits 0-9 with the leading + if written; null when the text holds anything that is never dialled. */
function dialledDigits(raw: string): string | null {
  let dialled = '';
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    const digit = digitValue(code);
    if (digit >= 0) dialled += digit;
    else if (code === 0x2b && !dialled.startsWith('+')) dialled = `+${dialled}`;
    else if (!SEPARATORS.includes(raw.charAt(i)) && !(code >= 0x2000 && code <= 0x206f)) return null;
  }
  return dialled === '+' ? '' : dialled;
}
