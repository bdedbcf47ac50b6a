import { Button, Card, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { CURRENCIES } from '@libs/money';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useFieldErrors } from '../api/use-field-errors';
import { currencyName } from '../i18n/format';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Page } from '../shared/page';
import { Empty, Loaded, ProblemAlert } from '../shared/states';
import { SHIFT } from './shift.texts';

/** Choose a till and say what lies in its drawer. */
export function OpenShift() {
  const t = useText(SHIFT);
  const tills = $api.useQuery('get', '/api/v1/tills');
  return (
    <Page title={t('openShift')}>
      <Card withBorder maw={560}>
        <Loaded query={tills}>
          {(all) => {
            const active = all.filter((till) => till.active);
            return active.length === 0 ? <Empty>{t('noTills')}</Empty> : <OpenForm tills={active} />;
          }}
        </Loaded>
      </Card>
    </Page>
  );
}

function OpenForm({ tills }: { tills: { id: number; code: string; name: string }[] }) {
  const t = useText(SHIFT);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [tillId, setTill] = useState(tills[0]!.id);
  const [floats, setFloats] = useState<Record<string, string>>({});
  const given = CURRENCIES.filter((currency) => floats[currency]?.trim());
  const open = $api.useMutation('post', '/api/v1/shifts', {
    onSuccess: async () => {
      attempt.done();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/shifts'] });
    },
    onError: attempt.failed,
  });
  const submit = () => {
    if (open.isPending) return;
    const body = { tillId, floats: given.map((currency) => ({ currency, amount: floats[currency]!.trim() })) };
    open.mutate({ body, params: { header: attempt.header() } });
  };
  const wrong = useFieldErrors(open.error);
  useKeys([{ keys: 'F9', label: t('open'), run: submit }]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Radio.Group label={t('till')} value={String(tillId)} onChange={(value) => setTill(Number(value))}>
          <Stack gap="xs" mt="xs">
            {tills.map(({ id, code, name }) => (
              <Radio
                key={id}
                value={String(id)}
                label={
                  <>
                    <bdi dir="ltr">{code}</bdi> · {name}
                  </>
                }
              />
            ))}
          </Stack>
        </Radio.Group>
        <div>
          <Text fw={500} size="sm">
            {t('float')}
          </Text>
          <Text c="dimmed" size="xs" mb="xs">
            {t('floatHint')}
          </Text>
          <Group grow align="flex-start">
            {CURRENCIES.map((currency) => (
              <TextInput
                key={currency}
                label={currencyName(currency, language)}
                inputMode="decimal"
                dir="ltr"
                value={floats[currency] ?? ''}
                error={wrong[`floats.${given.indexOf(currency)}.amount`]}
                onChange={({ currentTarget: { value } }) => setFloats((now) => ({ ...now, [currency]: value }))}
              />
            ))}
          </Group>
        </div>
        <ProblemAlert error={open.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={open.isPending} rightSection={<Key>F9</Key>}>
            {t('open')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
