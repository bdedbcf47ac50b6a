import { Text } from '@mantine/core';
import { usePreferences } from '../i18n/preferences';
import { wordsOf } from './words';

/** A permission or an action of the audit in words, above its code. */
export function Coded({ code }: { code: string }) {
  const { language } = usePreferences();
  const words = wordsOf(code, language);
  const shown = <bdi dir="ltr">{code}</bdi>;
  if (!words) return shown;
  return (
    <>
      <Text size="sm">{words}</Text>
      <Text size="xs" c="dimmed">
        {shown}
      </Text>
    </>
  );
}
