import { SegmentedControl, Table, Text, TextInput } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Empty, Loaded } from '../shared/states';
import { SHELL } from '../shell/shell.texts';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { Coded } from './coded';
import { STAFF } from './staff.texts';
import { wordsOf } from './words';

/** Role × permission, a part of the system at a time. */
export default function RolesPage() {
  const [t, a] = [useText(STAFF), useText(ADMIN)];
  const roles = $api.useQuery('get', '/api/v1/roles', {}, { staleTime: Infinity });
  return (
    <AdminPage title={a('roles')}>
      <Text c="dimmed">{t('rolesNote')}</Text>
      <Loaded query={roles} rows={10}>
        {(found) => <Matrix roles={found.roles} />}
      </Loaded>
    </AdminPage>
  );
}

function Matrix({ roles }: { roles: Schemas['RoleView'][] }) {
  const [t, a, shell] = [useText(STAFF), useText(ADMIN), useText(SHELL)];
  const { language } = usePreferences();
  const [text, setText] = useState('');
  const granted = new Map(roles.map(({ role, permissions }) => [role, new Set(permissions)]));
  const all = [...new Set(roles.flatMap(({ permissions }) => permissions))].sort();
  const modules = [...new Set(all.map((permission) => permission.split('.')[0]!))];
  const [module, setModule] = useState(modules[0]!);
  const wanted = text.trim().toLowerCase();
  const shown = all.filter((each) =>
    wanted
      ? each.includes(wanted) || wordsOf(each, language)?.toLowerCase().includes(wanted)
      : each.startsWith(`${module}.`),
  );
  const [field, setField] = useState<HTMLInputElement | null>(null);
  useKeys([{ keys: '/', label: t('findPermission'), run: () => field?.focus() }]);
  return (
    <>
      <TextInput
        ref={setField}
        label={t('findPermission')}
        maw={320}
        value={text}
        rightSection={<Key>/</Key>}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <SegmentedControl
        aria-label={t('module')}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', flexWrap: 'wrap' }}
        value={wanted ? '' : module}
        data={modules.map((value) => ({ value, label: isKnown(value) ? t(value) : value }))}
        onChange={(next) => {
          setText('');
          setModule(next);
        }}
      />
      {shown.length === 0 ? (
        <Empty>{t('noPermissions')}</Empty>
      ) : (
        <Listing
          label={a('roles')}
          minWidth={820}
          head={[t('permission'), ...roles.map(({ role }) => shell(`role_${role}`))]}
        >
          {shown.map((permission) => (
            <Table.Tr key={permission}>
              <Table.Th scope="row" fw={400}>
                <Coded code={permission} />
              </Table.Th>
              {roles.map(({ role }) => (
                <Table.Td key={role}>
                  {granted.get(role)!.has(permission) ? (
                    <IconCheck size={18} role="img" aria-label={t('granted')} color="var(--mantine-color-brand-text)" />
                  ) : (
                    <IconMinus size={18} role="img" aria-label={t('denied')} opacity={0.3} />
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Listing>
      )}
    </>
  );
}

/** A part of the system that has no name here yet is called as its permissions are. */
const isKnown = (module: string): module is keyof (typeof STAFF)['ar'] => module in STAFF.ar;
