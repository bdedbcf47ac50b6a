import { Button, Group } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type PropsWithChildren } from 'react';
import { file } from '../api/client';
import { withoutIsolates } from '../i18n/dictionary';
import { useText } from '../i18n/preferences';
import { Key, useKeys } from './keys';
import { SHARED } from './shared.texts';
import { Loading, ProblemAlert } from './states';
import { Dialog } from './modal';

interface Sheet {
  title: string;
  /** Path of the API that answers the PDF. */
  path: string;
}

const Context = createContext<(sheet: Sheet) => void>(() => undefined);

/** `print({ title, path })` fetches a PDF as this user and shows it ready to be printed. */
export const usePrint = () => useContext(Context);

export function PrintProvider({ children }: PropsWithChildren) {
  const [sheet, setSheet] = useState<Sheet>();
  return (
    <Context value={setSheet}>
      {children}
      {sheet && <PdfDialog key={sheet.path} {...sheet} onClose={() => setSheet(undefined)} />}
    </Context>
  );
}

function PdfDialog({ title, path, onClose }: Sheet & { onClose: () => void }) {
  const t = useText(SHARED);
  const frame = useRef<HTMLIFrameElement>(null);
  const { url, error } = usePdf(path);
  const print = () => frame.current?.contentWindow?.print();
  useKeys([{ keys: 'Ctrl+P', label: t('print'), run: print, disabled: !url }]);
  return (
    <Dialog opened onClose={onClose} title={title} size="min(960px, 95vw)">
      <ProblemAlert error={error} />
      {!url && !error && <Loading rows={6} />}
      {url && (
        <>
          <iframe ref={frame} src={`${url}#toolbar=0&navpanes=0&view=FitH`} title={title} className="pdf" />
          <Group justify="flex-end" mt="sm">
            <Button
              component="a"
              href={url}
              download={`${withoutIsolates(title)}.pdf`}
              variant="default"
              leftSection={<IconDownload size={16} />}
            >
              {t('download')}
            </Button>
            <Button autoFocus onClick={print} leftSection={<IconPrinter size={16} />} rightSection={<Key>Ctrl+P</Key>}>
              {t('print')}
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  );
}

/** Asked for once: the server counts every sheet that it gives out, and marks the second as a copy. */
function usePdf(path: string) {
  const asked = useMemo(() => file(path), [path]);
  const [answer, setAnswer] = useState<{ url?: string; error?: unknown }>({});
  useEffect(() => {
    let url: string | undefined;
    let gone = false;
    asked.then(
      (blob) => {
        if (gone) return;
        url = URL.createObjectURL(blob);
        setAnswer({ url });
      },
      (error: unknown) => !gone && setAnswer({ error }),
    );
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [asked]);
  return answer;
}
