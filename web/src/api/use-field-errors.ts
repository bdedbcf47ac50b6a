import { usePreferences } from '../i18n/preferences';
import { asProblem, errorsByField } from './problem';

/** What a refusal says is wrong, by the field of the form, in the language of the screen. */
export function useFieldErrors(error: unknown): Record<string, string> {
  const { language } = usePreferences();
  return error ? errorsByField(asProblem(error, language), language) : {};
}
