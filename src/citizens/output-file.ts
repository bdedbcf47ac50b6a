import { rmSync } from 'node:fs';
import { open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { withFile } from './file-error';

const FLUSH_AT = 1 << 16;
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Writes a file that stands under its name only when it is whole: until `work` has ended, and for good if it fails or the
 * process is told to stop, what was there before stays. Whether it can be written is known before the work begins. A
 * device (/dev/stdout) is written as it comes.
 * @throws {FileError}
 */
export async function writeWhole<T>(
  path: string,
  work: (write: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const { target, part } = await placeOf(path);
  const file = await withFile(path, () => open(part, 'w'));
  const drop = () => part !== target && rmSync(part, { force: true });
  const stopped = Object.entries(SIGNALS).map(([signal, code]) => {
    const stop = () => {
      drop();
      process.exit(code);
    };
    process.once(signal, stop);
    return () => process.off(signal, stop);
  });
  try {
    const result = await filled(path, file, work);
    if (part !== target) await withFile(path, () => rename(part, target));
    return result;
  } catch (error) {
    if (part !== target) await rm(part, { force: true });
    throw error;
  } finally {
    for (const forget of stopped) forget();
  }
}

async function filled<T>(
  path: string,
  file: FileHandle,
  work: (write: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  let buffer = '';
  const flush = () => withFile(path, () => file.writeFile(buffer));
  try {
    const result = await work(async (text) => {
      buffer += text;
      if (buffer.length < FLUSH_AT) return;
      await flush();
      buffer = '';
    });
    await flush();
    return result;
  } finally {
    await file.close();
  }
}

/** A link is followed, so that it goes on pointing to the file. */
async function placeOf(path: string): Promise<{ target: string; part: string }> {
  const there = await stat(path).catch(() => null);
  // A device is written as it is, and a folder is opened, which tells the caller that it is one.
  if (there && !there.isFile()) return { target: path, part: path };
  const target = there ? await realpath(path) : path;
  return { target, part: `${target}.${process.pid}.part` };
}
