/** Letters that clerks and typists take for one another: alike in sound, in dots, or neighbours on the keyboard. */
const ALIKE = ['حخج', 'سشص', 'تطث', 'ضظ', 'ذدز', 'قكغ', 'فق', 'بتثني', 'عغ', 'رز', 'صض', 'ان'];
const KEYBOARD = ['ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'رلاهوزظ', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const LATIN_ALIKE = ['aeiouy', 'sz', 'ck', 'kq', 'gj', 'dt', 'bp', 'vwf', 'mn'];

export const CONFUSED = 1;
export const NEIGHBOURS = 2;

const LOW = 0x600;
const SPAN = 0x60;
const table = new Uint8Array((SPAN + 26) * (SPAN + 26));

function slot(code: number): number {
  if (code >= LOW && code < LOW + SPAN) return code - LOW;
  return code >= 0x61 && code <= 0x7a ? SPAN + code - 0x61 : -1;
}

function mark(a: string, b: string, kind: number): void {
  const [i, j] = [slot(a.charCodeAt(0)), slot(b.charCodeAt(0))];
  table[i * (SPAN + 26) + j] = kind;
  table[j * (SPAN + 26) + i] = kind;
}

for (const row of KEYBOARD) for (let i = 1; i < row.length; i++) mark(row[i - 1]!, row[i]!, NEIGHBOURS);
for (const group of [...ALIKE, ...LATIN_ALIKE]) {
  for (const a of group) for (const b of group) if (a !== b) mark(a, b, CONFUSED);
}

/** How two UTF-16 codes are mistaken for one another: CONFUSED, NEIGHBOURS, or 0. */
export function confusion(a: number, b: number): number {
  const i = slot(a);
  const j = slot(b);
  return i < 0 || j < 0 ? 0 : table[i * (SPAN + 26) + j]!;
}
