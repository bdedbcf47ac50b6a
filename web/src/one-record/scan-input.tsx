import { Button, FileButton, Group, Input, Text } from '@mantine/core';
import { IconCamera, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../i18n/preferences';
import { RECORD } from './one-record.texts';
import { readScan, type Scan, type ScanRefusal } from './scan';

/** The scan or photo that proves an identity. */
export function ScanInput({ scan, onChange }: { scan: Scan | undefined; onChange: (scan: Scan | undefined) => void }) {
  const t = useText(RECORD);
  const [refusal, setRefusal] = useState<ScanRefusal>();
  const choose = (file: File | null) => {
    setRefusal(undefined);
    if (file) readScan(file).then(onChange, setRefusal);
  };
  return (
    <Input.Wrapper label={t('scan')} description={t('scanHint')} error={refusal && t(refusal)} labelElement="div">
      <Group gap="xs" mt={6}>
        <FileButton onChange={choose} accept="image/*,application/pdf" inputProps={{ 'aria-label': t('scan') }}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconCamera size={16} />}>
              {t('chooseScan')}
            </Button>
          )}
        </FileButton>
        {scan && (
          <>
            <Text size="sm">
              <bdi>{scan.fileName}</bdi>
            </Text>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconX size={14} />}
              onClick={() => onChange(undefined)}
            >
              {t('removeScan')}
            </Button>
          </>
        )}
      </Group>
    </Input.Wrapper>
  );
}
