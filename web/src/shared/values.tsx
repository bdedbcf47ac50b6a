import { Text } from '@mantine/core';
import type { PropsWithChildren } from 'react';
import { currencyName, shownAmount, shownDay, shownDigits, shownInstant } from '../i18n/format';
import { usePreferences } from '../i18n/preferences';

const NONE = '—';

/** A number, ID, phone or code: read from left to right whatever stands around it. */
export function Ltr({ children }: { children: string | number | null | undefined }) {
  const { digits } = usePreferences();
  if (children === null || children === undefined || children === '') return NONE;
  return (
    <bdi dir="ltr" className="value">
      {shownDigits(String(children), digits)}
    </bdi>
  );
}

/** A name or other text of unknown direction. */
export const Name = ({ children }: { children: string | null | undefined }) => <bdi>{children || NONE}</bdi>;

/** `minor` units of the currency, as the API sends them. */
export function Money({ minor, currency }: { minor: string | number; currency: string }) {
  const { digits, language } = usePreferences();
  return (
    <span className="money">
      <bdi dir="ltr" className="value">
        {shownAmount(minor, currency, digits)}
      </bdi>{' '}
      <span className="currency">{currencyName(currency, language)}</span>
    </span>
  );
}

/** `YYYY-MM-DD`. */
export function Day({ day }: { day: string | null | undefined }) {
  const { digits } = usePreferences();
  return day ? (
    <bdi dir="ltr" className="value">
      {shownDay(day, digits)}
    </bdi>
  ) : (
    NONE
  );
}

export function Instant({ at }: { at: string | null | undefined }) {
  const { digits } = usePreferences();
  return at ? (
    <bdi dir="ltr" className="value">
      {shownInstant(at, digits)}
    </bdi>
  ) : (
    NONE
  );
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
