import { useState } from 'react';
import { file } from '../api/client';

/** Saves a file of the API under a name, as this user. */
export function useDownload() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const download = async (path: string, name: string) => {
    setBusy(true);
    setError(undefined);
    try {
      const url = URL.createObjectURL(await file(path));
      const link = Object.assign(document.createElement('a'), { href: url, download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  };
  return { download, busy, error };
}
