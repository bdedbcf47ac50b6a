import { Badge, Button, Switch, Table, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, client, ifMatch, type Schemas } from '../api/client';
import { isStale } from '../api/problem';
import { useFieldErrors } from '../api/use-field-errors';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Key, useKeys } from '../shared/keys';
import { Listing } from '../shared/listing';
import { useBase } from '../shared/stale';
import { Paged } from '../shared/states';
import { Ltr } from '../shared/values';
import { ADMIN } from './admin.texts';
import { AdminPage } from './admin-page';
import { STAFF } from './staff.texts';

type Department = Schemas['DepartmentView'];
const PAGE = 50;

export default function DepartmentsPage() {
  const [t, a] = [useText(STAFF), useText(ADMIN)];
  const may = useMay();
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<Department | 'new'>();
  const departments = $api.useQuery('get', '/api/v1/departments', { params: { query: { page, pageSize: PAGE } } });
  const mayCreate = may('identity.department.create');
  useKeys([{ keys: 'Alt+N', label: t('newDepartment'), run: () => setOpen('new'), disabled: !mayCreate }]);
  return (
    <AdminPage
      title={a('departments')}
      actions={
        mayCreate && (
          <Button leftSection={<IconPlus size={16} />} rightSection={<Key>Alt+N</Key>} onClick={() => setOpen('new')}>
            {t('newDepartment')}
          </Button>
        )
      }
    >
      <Paged query={departments} page={page} onPage={setPage} empty={t('noDepartments')}>
        {(items) => (
          <Listing
            label={a('departments')}
            head={[t('code'), t('nameAr'), t('nameEn'), a('state'), may('identity.department.update') && a('actions')]}
          >
            {items.map((department) => (
              <Table.Tr key={department.id}>
                <Table.Td>
                  <Ltr>{department.code}</Ltr>
                </Table.Td>
                <Table.Td lang="ar">
                  <bdi>{department.nameAr}</bdi>
                </Table.Td>
                <Table.Td lang="en">
                  <bdi>{department.nameEn}</bdi>
                </Table.Td>
                <Table.Td>
                  <Badge variant="light" color={department.active ? 'green' : 'gray'}>
                    {t(department.active ? 'open' : 'closed')}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  {may('identity.department.update') && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      leftSection={<IconPencil size={14} />}
                      onClick={() => setOpen(department)}
                    >
                      {t('edit')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Listing>
        )}
      </Paged>
      {open && (
        <DepartmentDialog
          department={open === 'new' ? undefined : open}
          onClose={(changed) => {
            setOpen(undefined);
            if (changed) void departments.refetch();
          }}
        />
      )}
    </AdminPage>
  );
}

interface DepartmentDialogProps {
  department?: Department;
  onClose: (changed: boolean) => void;
}

function DepartmentDialog({ department, onClose }: DepartmentDialogProps) {
  const [t, a] = [useText(STAFF), useText(ADMIN)];
  const [code, setCode] = useState('');
  const initial = { nameAr: '', nameEn: '', active: true, ...pick(department) };
  const [form, setForm] = useState(initial);
  const { base, ...stale } = useBase<Department>({
    shown: department,
    read: async () => {
      const query = { page: 1, pageSize: 100 };
      const { data } = await client.GET('/api/v1/departments', { params: { query } });
      return data?.items.find(({ id }) => id === department!.id);
    },
    describe: ({ nameAr, nameEn, active }) => ({
      [t('nameAr')]: nameAr,
      [t('nameEn')]: nameEn,
      [a('state')]: t(active ? 'open' : 'closed'),
    }),
  });
  const finish = () => {
    notifications.show({ message: a('saved'), color: 'green' });
    onClose(true);
  };
  const create = $api.useMutation('post', '/api/v1/departments', { onSuccess: finish });
  const change = $api.useMutation('patch', '/api/v1/departments/{id}', {
    onSuccess: finish,
    onError: stale.catchStale,
  });
  const error = create.error ?? (isStale(change.error) ? null : change.error);
  const wrong = useFieldErrors(error);
  const submit = () => {
    const { nameAr, nameEn } = form;
    if (!base) return create.mutate({ body: { code, nameAr, nameEn } });
    change.mutate({ params: { path: { id: base.id }, header: ifMatch(base.version) }, body: form });
  };
  return (
    <FormDialog
      title={t(department ? 'editDepartment' : 'newDepartment')}
      submit={a('save')}
      error={Object.keys(wrong).length > 0 ? null : error}
      busy={create.isPending || change.isPending}
      dirty={code !== '' || JSON.stringify(form) !== JSON.stringify(initial)}
      onSubmit={submit}
      onClose={() => onClose(false)}
    >
      {!department && (
        <TextInput
          data-autofocus
          label={t('code')}
          description={t('codeHint')}
          dir="ltr"
          required
          value={code}
          error={wrong.code}
          onChange={({ currentTarget: { value } }) => setCode(value.toUpperCase())}
        />
      )}
      <TextInput
        data-autofocus={department ? true : undefined}
        label={t('nameAr')}
        dir="rtl"
        lang="ar"
        required
        value={form.nameAr}
        error={wrong.nameAr}
        onChange={({ currentTarget: { value } }) => setForm({ ...form, nameAr: value })}
      />
      <TextInput
        label={t('nameEn')}
        dir="ltr"
        lang="en"
        required
        value={form.nameEn}
        error={wrong.nameEn}
        onChange={({ currentTarget: { value } }) => setForm({ ...form, nameEn: value })}
      />
      {department && (
        <Switch
          label={t('open')}
          description={t('openNote')}
          checked={form.active}
          onChange={({ currentTarget: { checked } }) => setForm({ ...form, active: checked })}
        />
      )}
      {stale.dialog}
    </FormDialog>
  );
}

const pick = (department?: Department) =>
  department && { nameAr: department.nameAr, nameEn: department.nameEn, active: department.active };
