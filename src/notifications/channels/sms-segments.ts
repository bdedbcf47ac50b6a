type SmsEncoding = 'GSM-7' | 'UCS-2';

export interface SmsSize {
  encoding: SmsEncoding;
  /** Septets in GSM-7, UTF-16 units in UCS-2. */
  units: number;
  /** What the operator charges for. */
  segments: number;
}

/** GSM 03.38 default alphabet, and the characters that take an escape before them. */
const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM_ESCAPED = new Set('\f^{}\\[~]|€');

const LIMITS = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } };

/**
 * Size of a text message: GSM-7 with 160 septets, or 153 a segment when joined; UCS-2, as soon as one character is
 * outside that alphabet, with 70 units, or 67 a segment. An escaped or surrogate pair is never parted.
 */
export function smsSize(text: string): SmsSize {
  const characters = Array.from(text);
  const isGsm = characters.every((each) => GSM_BASIC.has(each) || GSM_ESCAPED.has(each));
  const encoding: SmsEncoding = isGsm ? 'GSM-7' : 'UCS-2';
  const widths = characters.map((each) => (isGsm ? (GSM_ESCAPED.has(each) ? 2 : 1) : each.length));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, joined } = LIMITS[encoding];
  if (units <= alone) return { encoding, units, segments: units === 0 ? 0 : 1 };
  let segments = 1;
  let room = joined;
  for (const width of widths) {
    if (width > room) {
      segments++;
      room = joined;
    }
    room -= width;
  }
  return { encoding, units, segments };
}
