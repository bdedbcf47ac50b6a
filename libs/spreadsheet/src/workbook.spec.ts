import { inflateRawSync } from 'node:zlib';
import { writeWorkbook, type CellValue, type SheetColumn } from './index';

const columns: SheetColumn[] = [
  { header: 'رقم الهوية', type: 'text', width: 12 },
  { header: 'التاريخ', type: 'date' },
  { header: 'شيكل', type: 'amount', decimals: 2 },
  { header: 'مبالغ', type: 'amount', decimals: 2 },
];
const workbook = (rows: CellValue[][], over = {}) =>
  writeWorkbook({ sheets: [{ name: 'كشف حساب', rtl: true, columns, rows, ...over }] });

describe('writeWorkbook', () => {
  it('writes texts as texts, dates as dates and amounts as numbers in the format of their decimals', async () => {
    const rows = [['039337423', '2025-03-16', -123450, { minor: 97656, currency: 'JOD' as const }]];
    const read = open(await workbook(rows));
    expect(read.row(1)).toEqual(columns.map(({ header }) => ({ kind: 'text', value: header, format: '@' })));
    expect(read.row(2)).toEqual([
      { kind: 'text', value: '039337423', format: '@' },
      { kind: 'number', value: '45732', format: 'dd/mm/yyyy' },
      { kind: 'number', value: '-1234.5', format: '#,##0.00' },
      { kind: 'number', value: '97.656', format: '#,##0.000' },
    ]);
  });

  it.each(['=1+1', '=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '<f>1</f>&amp;'])(
    'keeps %j a text',
    async (value) => {
      const file = await workbook([[value]]);
      const read = open(file);
      expect(read.row(2)).toEqual([{ kind: 'text', value, format: '@' }]);
      expect(read.sheet).not.toContain('<f>');
    },
  );

  it('leaves out what a file cannot hold and what reorders a line', async () => {
    expect(open(await workbook([['a\u0000\u202Eb\uD800ج']])).row(2)[0]!.value).toBe('abج');
  });

  it('runs right to left with a header in sight when asked', async () => {
    const { sheet } = open(await workbook([]));
    expect(sheet).toContain('rightToLeft="1"');
    expect(sheet).toMatch(/ySplit="1"[^>]*state="frozen"/);
    expect(sheet).toContain('width="12"');
    expect(open(await workbook([], { rtl: false })).sheet).not.toContain('rightToLeft="1"');
  });

  it('leaves empty what is missing and writes a zero', async () => {
    const read = open(await workbook([[null, '', 0, undefined]]));
    expect(read.row(2)).toEqual([{ kind: 'number', value: '0', format: '#,##0.00' }]);
  });

  it.each<[string, CellValue[][], object]>([
    ['a bad name', [], { name: 'a/b' }],
    ['a long name', [], { name: 'x'.repeat(32) }],
    ['a date that does not exist', [['1', '2025-02-30']], {}],
    ['a fraction of a minor unit', [['1', null, 0.5]], {}],
    ['more than fifteen digits', [['1', null, 1_000_000_000_000_000]], {}],
    ['a text among amounts', [['1', null, '12']], {}],
    ['an amount among texts', [[12]], {}],
  ])('refuses %s', async (_, rows, over) => {
    await expect(workbook(rows, over)).rejects.toBeInstanceOf(RangeError);
  });

  it('refuses no sheets and two of one name', async () => {
    const sheet = { name: 'A', rtl: true, columns, rows: [] };
    await expect(writeWorkbook({ sheets: [] })).rejects.toBeInstanceOf(RangeError);
    await expect(writeWorkbook({ sheets: [sheet, { ...sheet, name: 'a' }] })).rejects.toBeInstanceOf(RangeError);
  });
});

function open(file: Buffer) {
  const parts = unzip(file);
  const part = (name: string): string => parts.get(name)!.toString('utf8');
  const sheet = part('xl/worksheets/sheet1.xml');
  const texts = [...part('xl/sharedStrings.xml').matchAll(/<si><t[^>]*>([^]*?)<\/t><\/si>/g)].map(([, t]) =>
    decoded(t!),
  );
  const styles = part('xl/styles.xml');
  const codes = new Map(
    [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  );
  const formats = [...styles.matchAll(/<xf ([^>]*)>/g)].map(([, xf]) => codes.get(/numFmtId="(\d+)"/.exec(xf!)?.[1]));
  const row = (number: number) =>
    [...new RegExp(`<row r="${number}"[^>]*>([^]*?)</row>`).exec(sheet)![1]!.matchAll(/<c ([^>]*)><v>([^<]*)</g)].map(
      ([, attributes, value]) => {
        const isText = attributes!.includes('t="s"');
        return {
          kind: isText ? 'text' : 'number',
          value: isText ? texts[Number(value)] : value,
          format: formats[Number(/ s="(\d+)"/.exec(attributes!)![1])],
        };
      },
    );
  return { sheet, row };
}

/** The files of a zip archive by its directory. */
function unzip(file: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  let at = file.readUInt32LE(file.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (file.readUInt32LE(at) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((place) => file.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = file.readUInt32LE(at + 42);
    const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(begin, begin + file.readUInt32LE(at + 20));
    const content = file.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    found.set(file.toString('utf8', at + 46, at + 46 + name), content);
    at += 46 + name + extra + comment;
  }
  return found;
}

const decoded = (xml: string): string =>
  xml.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]!,
  );
