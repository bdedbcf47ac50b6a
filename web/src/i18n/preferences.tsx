import { useDirection } from '@mantine/core';
import { createContext, useContext, useEffect, useMemo, useState, type PropsWithChildren } from 'react';
import { fill, type Dictionary, type Language, type Values } from './dictionary';
import { shownDigits, type Digits } from './format';

interface Preferences {
  language: Language;
  digits: Digits;
}

interface PreferencesContext extends Preferences {
  change: (next: Partial<Preferences>) => void;
}

const KEY = 'baladiya.preferences';
const INITIAL: Preferences = { language: 'ar', digits: 'latin' };
const Context = createContext<PreferencesContext>({ ...INITIAL, change: () => undefined });

function remembered(): Preferences {
  try {
    const { language, digits } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return { language: language === 'en' ? 'en' : 'ar', digits: digits === 'arabic' ? 'arabic' : 'latin' };
  } catch {
    return INITIAL;
  }
}

let current = remembered();

/** For what is sent: the language of the screen is the language of the server's answers. */
export const languageNow = (): Language => current.language;

/** Language and digits of this workstation; turns the page's direction with the language. */
export function PreferencesProvider({ children }: PropsWithChildren) {
  const [preferences, setPreferences] = useState(current);
  const { setDirection } = useDirection();
  useEffect(() => {
    document.documentElement.lang = preferences.language;
    setDirection(preferences.language === 'ar' ? 'rtl' : 'ltr');
  }, [preferences.language, setDirection]);
  const value = useMemo(
    () => ({
      ...preferences,
      change(next: Partial<Preferences>) {
        current = { ...preferences, ...next };
        localStorage.setItem(KEY, JSON.stringify(current));
        setPreferences(current);
      },
    }),
    [preferences],
  );
  return <Context value={value}>{children}</Context>;
}

export const usePreferences = (): PreferencesContext => useContext(Context);

/** `t(key, values)` over a dictionary in the language and digits of the screen. */
export function useText<K extends string>(texts: Dictionary<K>): (key: K, values?: Values) => string {
  const { language, digits } = usePreferences();
  return useMemo(
    () =>
      (key, values = {}) => {
        const shown = Object.entries(values).map(([name, value]) => [name, shownDigits(String(value), digits)]);
        // A code of the server that has no word here yet stands as it is; it must not take the page down.
        return fill(texts[language][key] ?? key, Object.fromEntries(shown));
      },
    [texts, language, digits],
  );
}
