import { Alert, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { $api, client, ifMatch, type Schemas } from '../api/client';
import { isStale } from '../api/problem';
import { useFieldErrors } from '../api/use-field-errors';
import { useUser } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { useBase } from '../shared/stale';
import { SHELL } from '../shell/shell.texts';
import { ADMIN } from './admin.texts';
import { NewPassword } from './password-dialog';
import { STAFF } from './staff.texts';

export type User = Schemas['UserView'];
export type Role = User['role'];
type Department = Schemas['DepartmentView'];

export const ROLES: readonly Role[] = ['clerk', 'cashier', 'officer', 'supervisor', 'auditor', 'administrator', 'integration']; // prettier-ignore

/** All of them, the closed ones too. */
export function useDepartments(): Department[] {
  const query = { page: 1, pageSize: 100 };
  return $api.useQuery('get', '/api/v1/departments', { params: { query } }).data?.items ?? [];
}

interface UserDialogProps {
  /** None for a new one. */
  user?: User;
  departments: readonly Department[];
  onClose: (changed: boolean) => void;
}

const shownOf = (user?: User) => ({
  username: user?.username ?? '',
  displayName: user?.displayName ?? '',
  role: user?.role ?? ('clerk' as Role),
  departmentId: user?.department ? user.department.id : null,
  state: user?.state ?? ('ACTIVE' as User['state']),
});

export function UserDialog({ user, departments, onClose }: UserDialogProps) {
  const [t, a, shell] = [useText(STAFF), useText(ADMIN), useText(SHELL)];
  const { language } = usePreferences();
  const { id: ownId } = useUser();
  const [form, setForm] = useState(shownOf(user));
  const [password, setPassword] = useState('');
  const set = (next: Partial<typeof form>) => setForm({ ...form, ...next });
  const nameOf = ({ nameAr, nameEn }: Department) => (language === 'ar' ? nameAr : nameEn);
  const { base, ...stale } = useBase<User>({
    shown: user,
    read: async () => (await client.GET('/api/v1/users/{id}', { params: { path: { id: user!.id } } })).data,
    describe: (each) => ({
      [t('displayName')]: each.displayName,
      [t('role')]: shell(`role_${each.role}`),
      [t('department')]: each.department ? nameOf(each.department) : '',
      [a('state')]: t(each.state),
    }),
  });
  const finish = () => {
    notifications.show({ message: a('saved'), color: 'green' });
    onClose(true);
  };
  const create = $api.useMutation('post', '/api/v1/users', { onSuccess: finish });
  const change = $api.useMutation('patch', '/api/v1/users/{id}', { onSuccess: finish, onError: stale.catchStale });
  const error = create.error ?? (isStale(change.error) ? null : change.error);
  const wrong = useFieldErrors(error);
  const own = base?.id === ownId;
  const { username, ...rest } = form;
  const submit = () => {
    if (!base) return create.mutate({ body: { username, password, ...without(rest, 'state') } });
    const header = ifMatch(base.version);
    const body = own ? { displayName: form.displayName, departmentId: form.departmentId } : rest;
    change.mutate({ params: { path: { id: base.id }, header }, body });
  };
  return (
    <FormDialog
      title={user ? t('editUser', { name: user.displayName }) : t('newUser')}
      submit={a('save')}
      error={Object.keys(wrong).length > 0 ? null : error}
      busy={create.isPending || change.isPending}
      dirty={JSON.stringify(form) !== JSON.stringify(shownOf(user)) || password !== ''}
      onSubmit={submit}
      onClose={() => onClose(false)}
    >
      {!user && (
        <TextInput
          data-autofocus
          label={t('username')}
          description={t('usernameHint')}
          dir="ltr"
          required
          autoComplete="off"
          value={username}
          error={wrong.username}
          onChange={({ currentTarget: { value } }) => set({ username: value.toLowerCase() })}
        />
      )}
      <TextInput
        data-autofocus={user ? true : undefined}
        label={t('displayName')}
        required
        value={form.displayName}
        error={wrong.displayName}
        onChange={({ currentTarget: { value } }) => set({ displayName: value })}
      />
      {own && <Alert color="blue">{t('ownAccount')}</Alert>}
      <Select
        label={t('role')}
        allowDeselect={false}
        disabled={own}
        value={form.role}
        error={wrong.role}
        data={ROLES.map((value) => ({ value, label: shell(`role_${value}`) }))}
        onChange={(role) => role && set({ role })}
      />
      <Select
        label={t('department')}
        clearable
        placeholder={t('noDepartment')}
        value={form.departmentId === null ? null : String(form.departmentId)}
        error={wrong.departmentId}
        data={departments
          .filter(({ id, active }) => active || id === form.departmentId)
          .map((each) => ({ value: String(each.id), label: nameOf(each) }))}
        onChange={(id) => set({ departmentId: id ? Number(id) : null })}
      />
      {!user && <NewPassword value={password} error={wrong.password} onChange={setPassword} />}
      {user && !own && (
        <Stack gap={4}>
          <SegmentedControl
            aria-label={a('state')}
            value={form.state}
            data={[
              { value: 'ACTIVE', label: t('ACTIVE') },
              { value: 'DISABLED', label: t('DISABLED') },
            ]}
            onChange={(state) => set({ state })}
          />
          {form.state === 'DISABLED' && (
            <Text size="sm" c="dimmed">
              {t('disableNote')}
            </Text>
          )}
        </Stack>
      )}
      {stale.dialog}
    </FormDialog>
  );
}

function without<T extends object, K extends keyof T>(members: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = members;
  return rest;
}
