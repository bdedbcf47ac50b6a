import { Button, FileButton, Group, Input, Stack, Text } from '@mantine/core';
import { IconCamera, IconPhoto } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { $api, client, sent } from '../api/client';
import { useText } from '../i18n/preferences';
import { readScan, type ScanRefusal } from '../one-record/scan';
import { Dialog } from '../shared/modal';
import { Empty, Loaded, ProblemAlert } from '../shared/states';
import { Instant } from '../shared/values';
import { PHOTOS } from './photos.texts';

/** What photos are of. */
export type PhotosOf = { kind: 'readings' | 'orders'; id: number };

const MOST = 5;

interface PhotosButtonProps {
  of: PhotosOf;
  /** What it is called: `اشتراك 20005`. */
  what: string;
  /** How many there are, where that is known. */
  count?: number;
  mayAdd: boolean;
}

/** Opens the photos of a reading or order; nothing where there are none and none may be added. */
export function PhotosButton({ of, what, count, mayAdd }: PhotosButtonProps) {
  const t = useText(PHOTOS);
  const [open, setOpen] = useState(false);
  if (count === 0 && !mayAdd) return null;
  const title = t('photosOf', { what });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPhoto size={14} />}
        aria-label={title}
        onClick={() => setOpen(true)}
      >
        {count ? t('photos', { count }) : t('some')}
      </Button>
      {open && (
        <Dialog opened onClose={() => setOpen(false)} title={title} size="xl">
          <Photos of={of} what={what} mayAdd={mayAdd} />
        </Dialog>
      )}
    </>
  );
}

const path = (kind: PhotosOf['kind']) => `/api/v1/water/${kind}/{id}/photos` as const;

/** Attaches a photo; the same one again is the one that is there. */
export const attachPhoto = ({ kind, id }: PhotosOf, base64: string) =>
  sent(client.POST(path(kind), { params: { path: { id } }, body: { base64 } }));

function Photos({ of, what, mayAdd }: Omit<PhotosButtonProps, 'count'>) {
  const t = useText(PHOTOS);
  const queries = useQueryClient();
  const photos = $api.useQuery('get', path(of.kind), { params: { path: { id: of.id } } });
  const attach = useMutation({
    mutationFn: (base64: string) => attachPhoto(of, base64),
    onSuccess: () => queries.invalidateQueries(),
  });
  const enough = (photos.data?.length ?? 0) >= MOST;
  return (
    <Stack>
      {mayAdd && (
        <>
          <Text size="sm" c="dimmed">
            {t(enough ? 'enough' : 'hint')}
          </Text>
          {!enough && <PhotoInput label={t('add')} busy={attach.isPending} onChange={attach.mutate} />}
          <ProblemAlert error={attach.error} />
        </>
      )}
      <Loaded query={photos}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconPhoto size={40} stroke={1.2} />}>{t('none')}</Empty>
          ) : (
            <Stack>
              {items.map(({ id, uploadedAt }, at) => (
                <figure key={id} className="photo">
                  <Photo id={id} alt={`${t('photo', { at: at + 1 })} · ${what}`} />
                  <Text component="figcaption" size="xs" c="dimmed">
                    {t('takenAt')} <Instant at={uploadedAt} />
                  </Text>
                </figure>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Stack>
  );
}

function Photo({ id, alt }: { id: number; alt: string }) {
  const kept = { staleTime: Infinity, gcTime: 0 };
  const query = $api.useQuery('get', '/api/v1/water/photos/{id}', { params: { path: { id } } }, kept);
  return (
    <Loaded query={query}>
      {({ contentType, base64 }) => <img src={`data:${contentType};base64,${base64}`} alt={alt} className="scan" />}
    </Loaded>
  );
}

interface PhotoInputProps {
  label?: string;
  chosen?: boolean;
  busy?: boolean;
  onChange: (base64: string) => void;
}

/** Takes a picture from the disk or the camera; a large one is drawn smaller, what is none is refused at once. */
export function PhotoInput({ label, chosen = false, busy, onChange }: PhotoInputProps) {
  const t = useText(PHOTOS);
  const [refusal, setRefusal] = useState<ScanRefusal>();
  const choose = (file: File | null) => {
    setRefusal(undefined);
    if (file && !file.type.startsWith('image/')) setRefusal('scanWrong');
    else if (file) readScan(file).then(({ base64 }) => onChange(base64), setRefusal);
  };
  return (
    <Input.Wrapper error={refusal && t(refusal)} errorProps={{ role: 'alert' }}>
      <Group gap="xs">
        <FileButton onChange={choose} accept="image/*" inputProps={{ 'aria-label': label ?? t('choosePhoto') }}>
          {(props) => (
            <Button {...props} variant="default" loading={busy} leftSection={<IconCamera size={16} />}>
              {chosen ? t('photoChosen') : (label ?? t('choosePhoto'))}
            </Button>
          )}
        </FileButton>
      </Group>
    </Input.Wrapper>
  );
}
