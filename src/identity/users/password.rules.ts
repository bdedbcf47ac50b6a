import { invalidField } from '@libs/http';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;
const DISTINCT_MIN = 5;
const NAME_COUNTS_FROM = 4;

/**
 * Length counts, kinds of characters do not (NIST SP 800-63B): 12 to 128 characters, at least five different ones, not
 * built around the username. @returns the rule that is broken, null for none
 */
export function passwordFault(password: string, username: string): string | null {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < PASSWORD_MIN) return 'minLength';
  if (characters.length > PASSWORD_MAX) return 'maxLength';
  if (new Set(characters).size < DISTINCT_MIN) return 'tooPlain';
  const named = username.length >= NAME_COUNTS_FROM && password.toLowerCase().includes(username.toLowerCase());
  return named ? 'containsUsername' : null;
}

/** @throws {Problem} http.invalid at `pointer` */
export function requireGoodPassword(password: string, username: string, pointer: string): void {
  const code = passwordFault(password, username);
  if (code) throw invalidField(pointer, code);
}
