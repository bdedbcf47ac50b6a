import { Button, FileButton, Group, Input, Stack } from '@mantine/core';
import { IconCamera, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { useText } from '../i18n/preferences';
import { readScan, type ScanRefusal } from '../one-record/scan';
import { Dialog } from '../shared/modal';
import { Loaded } from '../shared/states';
import { WATER } from './water.texts';

type Reading = Pick<Schemas['ReadingView'], 'id' | 'subscription' | 'photos'>;

/** Opens the photos of a reading; nothing where there are none. */
export function PhotosButton({ reading: { id, subscription, photos } }: { reading: Reading }) {
  const t = useText(WATER);
  const [open, setOpen] = useState(false);
  if (photos === 0) return null;
  const title = `${t('photos', { count: photos })} · ${t('subscriptionOf', { number: subscription })}`;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPhoto size={14} />}
        aria-label={title}
        onClick={() => setOpen(true)}
      >
        {t('photos', { count: photos })}
      </Button>
      {open && (
        <Dialog opened onClose={() => setOpen(false)} title={title} size="xl">
          <Photos readingId={id} alt={title} />
        </Dialog>
      )}
    </>
  );
}

function Photos({ readingId, alt }: { readingId: number; alt: string }) {
  const query = $api.useQuery('get', '/api/v1/water/readings/{id}/photos', { params: { path: { id: readingId } } });
  return (
    <Loaded query={query}>
      {(photos) => (
        <Stack>
          {photos.map(({ id }) => (
            <Photo key={id} id={id} alt={alt} />
          ))}
        </Stack>
      )}
    </Loaded>
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

/** The photo of a register that goes with a reading; a large one is drawn smaller. */
export function PhotoInput({ chosen, onChange }: { chosen: boolean; onChange: (base64: string) => void }) {
  const t = useText(WATER);
  const [refusal, setRefusal] = useState<ScanRefusal>();
  const choose = (file: File | null) => {
    setRefusal(undefined);
    if (file) readScan(file).then(({ base64 }) => onChange(base64), setRefusal);
  };
  return (
    <Input.Wrapper error={refusal && t('photoWrong')}>
      <Group gap="xs">
        <FileButton onChange={choose} accept="image/*" inputProps={{ 'aria-label': t('choosePhoto') }}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconCamera size={16} />}>
              {t(chosen ? 'photoChosen' : 'choosePhoto')}
            </Button>
          )}
        </FileButton>
      </Group>
    </Input.Wrapper>
  );
}
