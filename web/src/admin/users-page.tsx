import { Badge, Button, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconLockOpen, IconPassword, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useMay, useUser } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { Paged, ProblemAlert } from '../shared/states';
import { Instant, Name } from '../shared/values';
import { SHELL } from '../shell/shell.texts';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { PasswordDialog } from './password-dialog';
import { STAFF } from './staff.texts';
import { ROLES, useDepartments, UserDialog, type Role, type User } from './user-dialog';

const PAGE = 20;
const STATES = ['ACTIVE', 'DISABLED'] as const;
type Open = { kind: 'new' } | { kind: 'edit' | 'password'; user: User };

export default function UsersPage() {
  const [t, a, shell] = [useText(STAFF), useText(ADMIN), useText(SHELL)];
  const { language } = usePreferences();
  const may = useMay();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), 200);
  const [filter, setFilter] = useState<{ role?: Role; state?: User['state']; departmentId?: number }>({});
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<Open>();
  const departments = useDepartments();
  const query = { page, pageSize: PAGE, ...filter, ...(text && { text }) };
  const users = $api.useQuery('get', '/api/v1/users', { params: { query } }, { placeholderData: (before) => before });
  const narrow = (next: typeof filter) => {
    setFilter({ ...filter, ...next });
    setPage(1);
  };
  const [search, setSearch] = useState<HTMLInputElement | null>(null);
  const create = () => setOpen({ kind: 'new' });
  useKeys([
    { keys: '/', label: t('find'), run: () => search?.focus() },
    { keys: 'Alt+N', label: t('newUser'), run: create, disabled: !may('identity.user.create') },
  ]);
  const close = (changed: boolean) => {
    setOpen(undefined);
    if (changed) void users.refetch();
  };
  return (
    <AdminPage
      title={a('users')}
      actions={
        may('identity.user.create') && (
          <Button leftSection={<IconPlus size={16} />} rightSection={<Key>Alt+N</Key>} onClick={create}>
            {t('newUser')}
          </Button>
        )
      }
    >
      <Group align="flex-end">
        <TextInput
          ref={setSearch}
          label={t('find')}
          w={260}
          value={typed}
          rightSection={<Key>/</Key>}
          onChange={({ currentTarget: { value } }) => (setTyped(value), setPage(1))}
        />
        <Select
          label={t('role')}
          w={150}
          clearable
          placeholder={a('any')}
          value={filter.role ?? null}
          data={ROLES.map((value) => ({ value, label: shell(`role_${value}`) }))}
          onChange={(role) => narrow({ role: role ?? undefined })}
        />
        <Select
          label={a('state')}
          w={130}
          clearable
          placeholder={a('any')}
          value={filter.state ?? null}
          data={STATES.map((value) => ({ value, label: t(value) }))}
          onChange={(state) => narrow({ state: state ?? undefined })}
        />
        <Select
          label={t('department')}
          w={200}
          clearable
          placeholder={a('any')}
          value={filter.departmentId ? String(filter.departmentId) : null}
          data={departments.map(({ id, nameAr, nameEn }) => ({
            value: String(id),
            label: language === 'ar' ? nameAr : nameEn,
          }))}
          onChange={(id) => narrow({ departmentId: id ? Number(id) : undefined })}
        />
      </Group>
      <Paged query={users} page={page} onPage={setPage} empty={t('noUsers')}>
        {(items) => <UserTable items={items} onOpen={setOpen} onChange={() => void users.refetch()} />}
      </Paged>
      {open?.kind === 'new' && <UserDialog departments={departments} onClose={close} />}
      {open?.kind === 'edit' && <UserDialog user={open.user} departments={departments} onClose={close} />}
      {open?.kind === 'password' && <PasswordDialog user={open.user} onClose={close} />}
    </AdminPage>
  );
}

interface UserTableProps {
  items: Schemas['UserView'][];
  onOpen: (open: Open) => void;
  onChange: () => void;
}

function UserTable({ items, onOpen, onChange }: UserTableProps) {
  const [t, a, shell] = [useText(STAFF), useText(ADMIN), useText(SHELL)];
  const { language } = usePreferences();
  const may = useMay();
  const { id: ownId } = useUser();
  const unlock = $api.useMutation('post', '/api/v1/users/{id}/unlock', {
    onSuccess: () => {
      notifications.show({ message: t('unlocked'), color: 'green' });
      onChange();
    },
  });
  return (
    <>
      <ProblemAlert error={unlock.error} />
      <Listing
        label={a('users')}
        minWidth={760}
        head={[t('displayName'), t('role'), t('department'), a('state'), t('lastLogin'), a('actions')]}
      >
        {items.map((user) => (
          <Table.Tr key={user.id}>
            <Table.Td>
              <Text fw={500}>
                <Name>{user.displayName}</Name>
              </Text>
              <Text size="sm" c="dimmed">
                <bdi dir="ltr">{user.username}</bdi>
              </Text>
            </Table.Td>
            <Table.Td>{shell(`role_${user.role}`)}</Table.Td>
            <Table.Td>
              <Name>{language === 'ar' ? user.department?.nameAr : user.department?.nameEn}</Name>
            </Table.Td>
            <Table.Td>
              <Badge variant="light" color={user.state === 'ACTIVE' ? 'green' : 'gray'}>
                {t(user.state)}
              </Badge>
              {user.lockedUntil && (
                <Badge variant="light" color="orange" ms={4}>
                  {t('LOCKED')}
                </Badge>
              )}
            </Table.Td>
            <Table.Td>
              <Instant at={user.lastLoginAt} />
            </Table.Td>
            <Table.Td>
              <Group gap={4}>
                {may('identity.user.update') && (
                  <RowButton icon={<IconPencil size={14} />} onClick={() => onOpen({ kind: 'edit', user })}>
                    {t('edit')}
                  </RowButton>
                )}
                {user.id !== ownId && may('identity.user.reset-password') && (
                  <RowButton icon={<IconPassword size={14} />} onClick={() => onOpen({ kind: 'password', user })}>
                    {t('password')}
                  </RowButton>
                )}
                {user.id !== ownId && user.lockedUntil && may('identity.user.unlock') && (
                  <RowButton
                    icon={<IconLockOpen size={14} />}
                    busy={unlock.isPending}
                    onClick={() => unlock.mutate({ params: { path: { id: user.id } } })}
                  >
                    {t('unlock')}
                  </RowButton>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Listing>
    </>
  );
}

interface RowButtonProps {
  icon: React.ReactNode;
  busy?: boolean;
  onClick: () => void;
  children: string;
}

const RowButton = ({ icon, busy, onClick, children }: RowButtonProps) => (
  <Button size="compact-sm" variant="subtle" leftSection={icon} loading={busy} onClick={onClick}>
    {children}
  </Button>
);
