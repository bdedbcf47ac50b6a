import { isAscii, isUtf8 } from 'node:buffer';
import type { Faults } from './faults';

/** 100 MB. */
export const DEFAULT_MAX_BYTES = 100 * 1024 * 1024;

export interface ReadLimits {
  /** A larger file is refused unread; 100 MB unless told. */
  maxBytes?: number;
  /** XML that holds more elements at once, as one entry of too many transactions does, is refused; a million unless told. */
  maxElements?: number;
}

const PIECE = 64 * 1024;
const XML_HEAD = 256;
const XML_ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16le',
  'windows-1256': 'windows-1256',
  'iso-8859-6': 'iso-8859-6',
  'iso-8859-1': 'windows-1252',
};

export function checkSize(bytes: Uint8Array, { maxBytes = DEFAULT_MAX_BYTES }: ReadLimits, faults: Faults): void {
  if (bytes.length > maxBytes) faults.fail('too-large', undefined, { limit: maxBytes });
}

/** Decodes piece by piece, so that a large file never stands in memory as text too. */
export function* decodePieces(bytes: Uint8Array, encoding: string, faults: Faults): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PIECE)
      yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    faults.fail('encoding-wrong', undefined, { expected: encoding });
  }
}

/**
 * CSV in an encoding that was agreed on. Every byte sequence is some Windows-1256 text, but Arabic in it is practically
 * never valid UTF-8: what is UTF-8 throughout, and not plain ASCII, has the wrong encoding.
 */
export function decodeText(bytes: Uint8Array, encoding: 'utf-8' | 'windows-1256', faults: Faults): string {
  const disguised = encoding === 'windows-1256' && !isAscii(bytes) && isUtf8(bytes);
  if (disguised || bytes.includes(0)) faults.fail('encoding-wrong', undefined, { expected: encoding });
  return [...decodePieces(bytes, encoding, faults)].join('');
}

/** By byte order mark, else by the XML declaration, else UTF-8. */
export function xmlEncoding(bytes: Uint8Array, faults: Faults): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  const head = Buffer.from(bytes.subarray(0, XML_HEAD)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1] ?? 'utf-8';
  const encoding = XML_ENCODINGS[declared.toLowerCase()];
  return encoding ?? faults.fail('encoding-unknown', { line: 1, path: '' }, { found: declared });
}
