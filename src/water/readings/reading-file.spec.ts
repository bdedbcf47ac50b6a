import { TableFileError } from '@libs/spreadsheet';
import { encode } from 'iconv-lite';
import { linesOf } from './reading-file';

const lines = (text: string) => linesOf(Buffer.from(text));
const fault = (bytes: Uint8Array) => {
  try {
    linesOf(bytes);
    return null;
  } catch (error) {
    return error instanceof TableFileError ? [error.code, error.line] : error;
  }
};

describe('a file of readings', () => {
  const wanted = [{ line: 2, raw: { serial: 'Z1', value: '12', period: '2026-11', readOn: '2026-11-24' } }];

  it.each([
    ['English, commas', 'Serial,Reading,Period,Read on\r\nZ1,12,11/2026,2026-11-24\r\n'],
    ['Arabic, semicolons, BOM', '\ufeffرقم العداد;القراءة;الدورة;التاريخ\nZ1;12;11/2026;2026-11-24'],
    ['both in a header', 'رقم العداد / Serial,القراءة / Reading,Period,تاريخ القراءة\rZ1,12,١١/٢٠٢٦,2026-11-24'],
    ['quotes and direction marks', '"serial";"reading";"period";"date"\r\n"Z1";"\u200f12";2026-11;2026-11-24'],
  ])('in %s', (_, text) => {
    expect(lines(text)).toEqual(wanted);
  });

  it('in the code pages of Excel and of the old systems', () => {
    const text = 'رقم العداد;القراءة;الدورة;التاريخ\r\nZ1;12;11/2026;2026-11-24\r\n';
    expect(linesOf(encode(text, 'win1256'))).toEqual(wanted);
    expect(linesOf(encode(text.replace(/;/g, '\t'), 'utf16le', { addBOM: true }))).toEqual(wanted);
  });

  it('counts physical lines, and passes over those with nothing on them', () => {
    const blank = ['', ',,', '"",  ,', '\u200f,\u00a0,'].join('\r\n');
    const found = lines(`serial,reading,notes\r\nZ1,1,"two\r\nlines"\r\n${blank}\r\nZ2,2,\r\n,,\r\n`);
    expect(found.map(({ line, raw }) => [line, raw.serial])).toEqual([
      [2, 'Z1'],
      [8, 'Z2'],
    ]);
    expect(lines('serial,reading,notes\n\n,,broken\n')).toMatchObject([{ line: 3, raw: { note: 'broken' } }]);
  });

  it('is refused as a whole only when it is none', () => {
    expect(fault(Buffer.from(''))).toEqual(['empty', 1]);
    expect(fault(Buffer.from('name,age\r\nx,1'))).toEqual(['header', 1]);
    expect(fault(Buffer.from('serial\r\nZ1'))).toEqual(['header', 1]);
    expect(fault(Uint8Array.of(0xc7, 0xe1))).toEqual(['encoding', 1]);
    expect(lines('serial,reading')).toEqual([]);
  });
});
