import { Text } from '@mantine/core';
import type { PropsWithChildren } from 'react';
import { currencyName, shownAmount, shownDay, shownDigits, shownInstant } from '../i18n/format';
import { usePreferences } from '../i18n/preferences';

const NONE = '—';

/**
 * From left to right whatever stands around it. Arabic digits would change places over a hyphen (`٢٠٢٦-٠٠٠٠٤٢`), so they are
 * held in their order.
 */
function Value({ text }: { text: string }) {
  const Held = /[\u0660-\u0669]/.test(text) ? 'bdo' : 'bdi';
  return (
    <Held dir="ltr" className="value">
      {text}
    </Held>
  );
}

/** A number, ID, phone or code. */
export function Ltr({ children }: { children: string | number | null | undefined }) {
  const { digits } = usePreferences();
  if (children === null || children === undefined || children === '') return NONE;
  const text = String(children);
  return <Value text={shownDigits(text, digits)} />;
}

/** A name or other text of unknown direction. */
export const Name = ({ children }: { children: string | null | undefined }) => <bdi>{children || NONE}</bdi>;

/** `minor` units of the currency, as the API sends them. */
export function Money({ minor, currency }: { minor: string | number; currency: string }) {
  const { digits, language } = usePreferences();
  return (
    <span className="money">
      <Value text={shownAmount(minor, currency, digits)} />{' '}
      <span className="currency">{currencyName(currency, language)}</span>
    </span>
  );
}

/** `YYYY-MM-DD`. */
export function Day({ day }: { day: string | null | undefined }) {
  const { digits } = usePreferences();
  return day ? <Value text={shownDay(day, digits)} /> : NONE;
}

export function Instant({ at }: { at: string | null | undefined }) {
  const { digits } = usePreferences();
  return at ? <Value text={shownInstant(at, digits)} /> : NONE;
}

/** A labelled value of a record. */
export const Fact = ({ label, children }: PropsWithChildren<{ label: string }>) => (
  <div>
    <Text component="dt" size="xs" c="dimmed">
      {label}
    </Text>
    <Text component="dd" m={0} fw={500}>
      {children}
    </Text>
  </div>
);
