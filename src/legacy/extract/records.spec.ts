import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { type ExtractError } from './faults';
import { FORMATS } from './format';
import { RecordSplitter } from './records';
import { ShapeCheck } from './shape';

const FORMAT = FORMATS.movements;
const HEADER = `\ufeff${FORMAT.columns.join(',')}\r\n`;
const EXPECTED = FORMAT.columns.length;

/** What the check says of a file that arrives in pieces: the number of records, or the line and reason of the fault. */
function shapeOf(text: string, pieces = 7): number | string {
  const bytes = Buffer.from(text);
  const check = new ShapeCheck('movements.csv', FORMAT);
  try {
    for (let at = 0; at < bytes.length; at += pieces) check.update(bytes.subarray(at, at + pieces));
    return check.end();
  } catch (error) {
    const { line, reason } = (error as ExtractError).fault;
    return `${line}: ${reason}`;
  }
}

function recordsIn(text: string, pieces = 7) {
  const splitter = new RecordSplitter(',');
  const records = [];
  for (let at = 0; at < text.length; at += pieces) records.push(...splitter.push(text.slice(at, at + pieces)));
  return records;
}

const row = (...fields: string[]) => `${fields.join(',')}\r\n`;
const GOOD = row('1', '01/01/2018', 'رسوم', '"1,035.00"', '0.00', 'ILS', 'F1');

describe('the shape of a file', () => {
  it('counts records, not empty lines', () => {
    expect(shapeOf(`${HEADER}${GOOD}\r\n${GOOD}\n`)).toBe(2);
    expect(shapeOf(HEADER)).toBe(0);
  });

  it.each([
    ['a missing column', HEADER.replace(',CUR', ''), /^1: the columns/],
    ['no header end', FORMAT.columns.join(','), /^1: the columns/],
    ['a field too few', HEADER + GOOD + row('1', '2'), /^3: 2 fields instead of 7/],
    ['a field too many', HEADER + GOOD.replace('\r', ',\r'), /^2: 8 fields/],
    ['a cut line', HEADER + GOOD + GOOD.slice(0, 20), /^3: .*truncated/],
    ['a cut line end', HEADER + GOOD.slice(0, -1), /^2: .*truncated/],
    ['text after a quote', HEADER + GOOD.replace('0"', '0"x'), /^2: text after/],
    ['a line without an end', HEADER + GOOD + 'ا'.repeat(600_000), /^3: a line of more than a megabyte/],
    ['a quote far away', `${HEADER}${GOOD}1,"${'\r\n'.repeat(600_000)}",`, /^3: a line of more/],
    ['a quote never closed', HEADER + GOOD + GOOD.replace('0"', '0') + GOOD.replaceAll('"', ''), /^3: a quote/],
  ])('refuses %s', (_, text, fault) => {
    for (const pieces of [1, 7, 10_000]) expect(shapeOf(text, pieces)).toMatch(fault);
  });
});

it('a byte order mark of UTF-8 gives a wrong encoding away', () => {
  const check = new ShapeCheck('meters.csv', FORMATS.meters);
  const header = Buffer.from(`\ufeff${FORMATS.meters.columns.join(';')}\r\n`);
  expect(() => check.update(header)).toThrow('meters.csv, line 1: the text is UTF-8, Windows-1256 is expected');
});

describe('records', () => {
  it('know their physical line and their text', () => {
    const text = `${HEADER}${GOOD}\r\n${row('2', '"a\r\n""b"""', '', '', '', '', 'X')}${GOOD}`;
    expect(recordsIn(text).map(({ line }) => line)).toEqual([2, 4, 6]);
    expect(recordsIn(text)[1]).toEqual({
      line: 4,
      raw: '2,"a\r\n""b""",,,,,X',
      fields: ['2', 'a\r\n"b"', '', '', '', '', 'X'],
    });
  });

  it('keep a quote that does not begin a field', () => {
    const [record] = recordsIn(HEADER + row('1', 'حي "الزهور"', 'a"', '', '5""', '', 'X'));
    expect(record!.fields).toEqual(['1', 'حي "الزهور"', 'a"', '', '5""', '', 'X']);
  });

  it('are those of the whole file, wherever it is cut into pieces', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'ب', '1', ' ', '"', '\r', '\u0640'), maxLength: 6 });
    const field = fc.oneof(
      plain.map((text) => text.replace(/^"+/, '')),
      fc
        .string({ unit: fc.constantFrom('a', 'ب', '"', ',', '\r\n', '\n'), maxLength: 6 })
        .map((text) => `"${text.replaceAll('"', '""')}"`),
    );
    const line = fc.array(field, { minLength: EXPECTED, maxLength: EXPECTED }).map((fields) => row(...fields));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), (lines, pieces) => {
        const text = HEADER + lines.join('');
        const records = recordsIn(text, pieces);
        expect(shapeOf(text, pieces)).toBe(lines.length);
        expect(records.map(({ raw }) => `${raw}\r\n`)).toEqual(lines);
        const whole = parse(text, { bom: true, relax_quotes: true, record_delimiter: '\r\n', from_line: 2 });
        expect(records.map(({ fields }) => fields)).toEqual(whole);
      }),
    );
  });
});
