import { currencyName } from '../i18n/format';
import { usePreferences } from '../i18n/preferences';
import { TILL } from '../till/till.texts';
import { TERMS } from '../water/terms.texts';
import { NOTICES } from './notices.texts';

/** A value of an audience's parameter in words: a service, a class of subscribers, a currency, yes or no. */
export function useValueText(): (value: unknown) => string {
  const { language } = usePreferences();
  const words: Readonly<Record<string, string>> = { ...TERMS[language], ...TILL[language] };
  return (value) => {
    if (typeof value === 'boolean') return NOTICES[language][value ? 'yes' : 'no'];
    if (Array.isArray(value)) return value.join(', ');
    const text = String(value);
    return words[text] ?? currencyName(text, language);
  };
}
