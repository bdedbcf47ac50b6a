import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconEdit, IconFileText, IconMessage, IconPrinter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { $api } from '../api/client';
import { useAttempt } from '../api/use-attempt';
import { useMay } from '../api/use-session';
import { usePreferences, useText } from '../i18n/preferences';
import { Key, useKeys } from '../shared/keys';
import { usePrint } from '../shared/pdf';
import { ProblemTitle } from '../shared/states';
import { EditDialog } from './edit-dialog';
import { LifeDialog, type LifeAct } from './life-dialog';
import { PAIRS } from './pairs.texts';
import { PAGE } from './record.texts';
import { statementPath } from './statements';
import { useRecordChanged, type OneRecord } from './use-record';

const MergeDialog = lazy(() => import('./merge-dialog').then((file) => ({ default: file.MergeDialog })));

/** What may be done with a record in its state, by this user. */
export function RecordActions({ record }: { record: OneRecord }) {
  const t = useText(PAGE);
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const [act, setAct] = useState<LifeAct>();
  const p = useText(PAIRS);
  const [merging, setMerging] = useState(false);
  const { printRecord, issueStatement, sendCode, busy } = useOutputs(record);
  const approved = record.state === 'APPROVED' || record.state === 'ACTIVATED';
  const can = {
    print: may('citizens.one-record.print'),
    statement: approved && may('citizens.statement.issue'),
    code: record.state === 'APPROVED' && may('citizens.activation.send'),
    edit: (approved || record.state === 'SUSPENDED') && may('citizens.edit.propose'),
  };
  const mayMerge = approved && may('citizens.one-record.merge');
  const acts: LifeAct[] = [];
  if (approved && may('citizens.one-record.suspend')) acts.push('suspend');
  if (record.state === 'SUSPENDED' && may('citizens.one-record.suspend')) acts.push('reinstate');
  if ((approved || record.state === 'SUSPENDED') && may('citizens.one-record.revoke')) acts.push('revoke');
  useKeys([
    { keys: 'Alt+P', label: t('printRecord'), run: printRecord, disabled: !can.print },
    { keys: 'Alt+K', label: t('printStatement'), run: issueStatement, disabled: !can.statement || busy },
    { keys: 'Alt+C', label: t('sendCode'), run: sendCode, disabled: !can.code || busy },
    { keys: 'Alt+T', label: t('edit'), run: () => setEditing(true), disabled: !can.edit },
  ]);
  return (
    <>
      {can.print && (
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} />}
          rightSection={<Key>Alt+P</Key>}
          onClick={printRecord}
        >
          {t('printRecord')}
        </Button>
      )}
      {can.statement && (
        <Button
          leftSection={<IconFileText size={16} />}
          rightSection={<Key>Alt+K</Key>}
          onClick={issueStatement}
          loading={busy}
        >
          {t('printStatement')}
        </Button>
      )}
      {can.code && (
        <Button
          variant="default"
          leftSection={<IconMessage size={16} />}
          rightSection={<Key>Alt+C</Key>}
          onClick={sendCode}
          disabled={busy}
        >
          {t('sendCode')}
        </Button>
      )}
      {can.edit && (
        <Button
          variant="default"
          leftSection={<IconEdit size={16} />}
          rightSection={<Key>Alt+T</Key>}
          onClick={() => setEditing(true)}
        >
          {t('edit')}
        </Button>
      )}
      {(acts.length > 0 || mayMerge) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" leftSection={<IconDots size={16} />}>
              {t('more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {mayMerge && <Menu.Item onClick={() => setMerging(true)}>{p('merge')}</Menu.Item>}
            {acts.map((name) => (
              <Menu.Item key={name} color={name === 'revoke' ? 'red' : undefined} onClick={() => setAct(name)}>
                {t(name)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {editing && <EditDialog record={record} onClose={() => setEditing(false)} />}
      <Suspense>{merging && <MergeDialog record={record} onClose={() => setMerging(false)} />}</Suspense>
      {act && <LifeDialog record={record} act={act} onClose={() => setAct(undefined)} />}
    </>
  );
}

/** What leaves the house: the print of the record, a statement of balances, an activation code. */
function useOutputs({ id, number }: OneRecord) {
  const t = useText(PAGE);
  const { language } = usePreferences();
  const print = usePrint();
  const changed = useRecordChanged();
  const statement = $api.useMutation('post', '/api/v1/one-records/{id}/statements');
  const code = $api.useMutation('post', '/api/v1/one-records/{id}/activation');
  const statementAttempt = useAttempt();
  const codeAttempt = useAttempt();
  const refuse = (error: unknown) => notifications.show({ color: 'red', message: <ProblemTitle error={error} /> });
  return {
    busy: statement.isPending || code.isPending,
    printRecord: () =>
      print({ title: t('title', { number }), path: `/api/v1/one-records/${id}/print?lang=${language}` }),
    issueStatement: () =>
      statement.mutate(
        { params: { path: { id }, header: statementAttempt.header() }, body: {} },
        {
          onSuccess({ serial }) {
            statementAttempt.done();
            print({ title: t('statementOf', { serial }), path: statementPath(serial, language) });
            void changed();
          },
          onError: refuse,
        },
      ),
    sendCode: () =>
      code.mutate(
        { params: { path: { id }, header: codeAttempt.header() } },
        {
          onSuccess({ phone, sendsLeftToday }) {
            codeAttempt.done();
            notifications.show({ color: 'green', message: t('sent', { phone, left: sendsLeftToday }) });
          },
          onError(error) {
            codeAttempt.failed(error);
            refuse(error);
          },
        },
      ),
  };
}
