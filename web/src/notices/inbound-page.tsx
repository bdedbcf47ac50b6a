import { Badge, Button, SegmentedControl, Table, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useFieldErrors } from '../api/use-field-errors';
import { useLastAct } from '../api/use-last-act';
import { useMay } from '../api/use-session';
import { useText } from '../i18n/preferences';
import { FormDialog } from '../shared/dialog';
import { Listing } from '../shared/listing';
import { Paged } from '../shared/states';
import { Instant, Ltr, Name } from '../shared/values';
import { NoticesArea } from './notices-area';
import { SENDING } from './sending.texts';

type Inbound = Schemas['InboundView'];

const PAGE = 20;

/** Text messages of citizens; those no command answers wait for a person. */
export default function InboundPage() {
  const t = useText(SENDING);
  const may = useMay();
  const [openOnly, setOpenOnly] = useState(true);
  const [page, setPage] = useState(1);
  const [handling, setHandling] = useState<Inbound>();
  const query = { page, pageSize: PAGE, ...(openOnly && { open: true, command: 'NONE' as const }) };
  const messages = $api.useQuery('get', '/api/v1/inbound-messages', { params: { query } });
  return (
    <NoticesArea title={t('inbound')}>
      <SegmentedControl
        aria-label={t('inbound')}
        w="fit-content"
        value={openOnly ? 'open' : 'all'}
        data={[
          { value: 'open', label: t('openOnly') },
          { value: 'all', label: t('every') },
        ]}
        onChange={(value) => {
          setOpenOnly(value === 'open');
          setPage(1);
        }}
      />
      <Paged query={messages} page={page} onPage={setPage} empty={t('nobody')}>
        {(items) => (
          <Listing label={t('inbound')} head={[t('receivedAt'), t('sender'), t('text'), null]}>
            {items.map((message) => {
              const { id, receivedAt, sender, text, command, answered, handledAt, handledNote } = message;
              return (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Instant at={receivedAt} />
                  </Table.Td>
                  <Table.Td>
                    <Ltr>{sender}</Ltr>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                      <Name>{text}</Name>
                    </Text>
                    {handledNote && (
                      <Text size="xs" c="dimmed">
                        <Name>{handledNote}</Name> · <Instant at={handledAt} />
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td className="end">
                    {answered && (
                      <Badge variant="light" color="green" tt="none">
                        {t('answeredByUs')}
                      </Badge>
                    )}
                    {command === 'NONE' && handledAt === null && may('notifications.inbound.handle') && (
                      <Button size="compact-sm" onClick={() => setHandling(message)}>
                        {t('handle')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Listing>
        )}
      </Paged>
      {handling && <Handle message={handling} onClose={() => setHandling(undefined)} />}
    </NoticesArea>
  );
}

function Handle({ message: { id, sender, text }, onClose }: { message: Inbound; onClose: () => void }) {
  const t = useText(SENDING);
  const { answer } = useLastAct(onClose);
  const [note, setNote] = useState('');
  const handle = $api.useMutation('post', '/api/v1/inbound-messages/{id}/handle', answer);
  const errors = useFieldErrors(handle.error);
  return (
    <FormDialog
      title={t('handleTitle', { sender })}
      submit={t('save')}
      error={handle.error}
      busy={handle.isPending}
      disabled={note.trim().length < 3}
      dirty={note !== ''}
      onSubmit={() => handle.mutate({ params: { path: { id } }, body: { note: note.trim() } })}
      onClose={onClose}
    >
      <Text size="sm">
        <Name>{text}</Name>
      </Text>
      <Textarea
        label={t('note')}
        required
        autosize
        minRows={2}
        data-autofocus
        value={note}
        error={errors.note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
    </FormDialog>
  );
}
