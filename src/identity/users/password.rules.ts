import { normalizeText } from '@libs/arabic';
import { invalidField } from '@libs/http';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;
const DISTINCT_MIN = 5;
const NAME_COUNTS_FROM = 4;

/** What a password may not be built around: the username, or a citizen's name, phone and document. */
export interface PasswordOwner {
  code: 'containsUsername' | 'containsPersonal';
  words: readonly string[];
}

export const ofUser = (username: string): PasswordOwner => ({ code: 'containsUsername', words: [username] });

/**
 * Length counts, kinds of characters do not (NIST SP 800-63B): 12 to 128 characters, at least five different ones, not
 * built around what others know of its owner. @returns the rule that is broken, null for none
 */
export function passwordFault(password: string, owner?: PasswordOwner): string | null {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < PASSWORD_MIN) return 'minLength';
  if (characters.length > PASSWORD_MAX) return 'maxLength';
  if (new Set(characters).size < DISTINCT_MIN) return 'tooPlain';
  const folded = fold(password);
  const named = owner?.words.some((word) => word.length >= NAME_COUNTS_FROM && folded.includes(fold(word)));
  return named ? owner!.code : null;
}

/** Digits of any script and letters of any spelling are the same. */
const fold = (text: string): string => normalizeText(text).toLowerCase();

/** @throws {Problem} http.invalid at `pointer` */
export function requireGoodPassword(password: string, owner: PasswordOwner | undefined, pointer: string): void {
  const code = passwordFault(password, owner);
  if (code) throw invalidField(pointer, code);
}
