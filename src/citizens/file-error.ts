/** What a caller can mend about a file that was given on the command line. */
export class FileError extends Error {
  /** @param named whether the message names the file */
  constructor(
    message: string,
    readonly named = false,
  ) {
    super(message);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'a read-only file system',
  EISDIR: 'a folder, not a file',
  ENOTDIR: 'lies in what is no folder',
  ENOSPC: 'no space left',
  Z_DATA_ERROR: 'no gzip file, or a damaged one',
  Z_BUF_ERROR: 'a gzip file that ends too early',
};

/** Does something with a file; its faults become a {@link FileError} that names it. */
export async function withFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || (error instanceof FileError && error.named)) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    const reason = error instanceof FileError ? error.message : REASONS[code];
    throw reason === undefined ? error : new FileError(`${path}: ${reason}`, true);
  }
}
