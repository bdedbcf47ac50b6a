const SHAPE = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/;
/** Lengths of the neighbours; elsewhere the check digits alone decide. */
const LENGTHS: Readonly<Record<string, number>> = { PS: 29, JO: 30, IL: 23 };

/** Electronic form: without spaces, in capitals. Judges nothing. */
export function normalizeIban(raw: string): string {
  return raw.replace(/\s+/g, '').toUpperCase();
}

/** Whether `iban`, in electronic form, has the length of its country and remainder 1 by ISO 7064 mod 97-10. */
export function isValidIban(iban: string): boolean {
  if (!SHAPE.test(iban) || (LENGTHS[iban.slice(0, 2)] ?? iban.length) !== iban.length) return false;
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
