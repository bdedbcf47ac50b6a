import { inflateRawSync } from 'node:zlib';

/** Everything that a workbook says, as one text: the parts of the file, unpacked. */
export function workbookText(file: Buffer): string {
  const end = file.lastIndexOf('PK\u0005\u0006');
  const parts: string[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, start] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt32LE(at + 42)];
    const data = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
    const packed = file.subarray(data, data + size);
    parts.push((method === 8 ? inflateRawSync(packed) : packed).toString());
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts.join('\n');
}
