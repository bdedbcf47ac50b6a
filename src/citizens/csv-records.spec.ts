import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { readCsv } from './csv-records';

async function recordsOf(text: string, size = 7): Promise<string[][]> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  const records: string[][] = [];
  await readCsv(Readable.from(chunks, { objectMode: true }), (record) => records.push(record));
  return records;
}

describe('readCsv', () => {
  it('reads BOM, CRLF and LF, blank lines and a last line without its end', async () => {
    expect(await recordsOf('\ufeffa,b\r\nمحمد,2\n\r\n3,')).toEqual([
      ['a', 'b'],
      ['محمد', '2'],
      ['3', ''],
    ]);
  });

  it('reads back whatever is quoted, cut anywhere', async () => {
    const field = fc.string({ unit: fc.constantFrom('ا', 'b', ',', '"', '\n', ' '), minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field), { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, size) => {
          const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n');
          expect(await recordsOf(text, size)).toEqual(rows);
        },
      ),
    );
  });

  it('takes a quote within a field for itself, and ends at one that is not closed', async () => {
    expect(await recordsOf('a,محمد "ابو علي" طوقان,"x"y\nb"c,2\n')).toEqual([
      ['a', 'محمد "ابو علي" طوقان', '"x"y'],
      ['b"c', '2'],
    ]);
    await expect(recordsOf('a,b\n"1\n2",3\n"4,5\n')).rejects.toThrow('line 4: a quote is not closed');
    await expect(recordsOf(`"${'x'.repeat(1_200_000)}`, 1 << 16)).rejects.toThrow('line 1');
  });
});
