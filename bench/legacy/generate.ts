/**
 * Writes a full extract of invented people in the exact format of the old systems, at any size, with the kinds of
 * ugliness and of bad rows that real ones have, and the control.json that belongs to it.
 *
 *     node -r ./test/support/register.cjs bench/legacy/generate.ts DIR [CITIZENS] [SEED]
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'iconv-lite';
import { FORMATS, type FileName } from '../../src/legacy/extract/format';
import { REASONS } from '../../src/legacy/import/kinds';
import { Random } from './random';
import * as words from './words';

interface Options {
  citizens: number;
  seed?: number;
  /** Bad rows of each kind. */
  bad?: number;
}

type Row = readonly (string | number)[];

const FLUSH_LENGTH = 1 << 20;

/** One file being written, with what control.json says of it. */
class Sheet {
  rows = 0;
  readonly refused: Record<string, number> = {};
  private buffer = '';
  private readonly file: number;

  constructor(
    directory: string,
    private readonly name: FileName,
  ) {
    this.file = openSync(join(directory, `${name}.csv`), 'w');
    const { encoding, columns, separator } = FORMATS[name];
    this.buffer = `${encoding === 'utf-8' ? '\ufeff' : ''}${columns.join(separator)}\r\n`;
  }

  add(row: Row, refusedFor?: string): void {
    const { separator } = FORMATS[this.name];
    this.buffer += `${row.map((field) => quoted(String(field), separator)).join(separator)}\r\n`;
    this.rows++;
    if (refusedFor) this.refused[refusedFor] = (this.refused[refusedFor] ?? 0) + 1;
    if (this.buffer.length > FLUSH_LENGTH) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    writeSync(this.file, encode(this.buffer, FORMATS[this.name].encoding));
    this.buffer = '';
  }
}

const quoted = (field: string, separator: string): string =>
  field.includes(separator) || field.includes('"') ? `"${field.replace(/"/g, '""')}"` : field;

/** @returns the number of rows per file */
export function generateExtract(directory: string, { citizens, seed = 1, bad = 3 }: Options): Record<FileName, number> {
  mkdirSync(directory, { recursive: true });
  const random = new Random(seed);
  const names = Object.keys(FORMATS) as FileName[];
  const sheets = Object.fromEntries(names.map((name) => [name, new Sheet(directory, name)])) as Record<FileName, Sheet>;
  const money: Record<string, { debit: number; credit: number }> = {};
  const book = (currency: string, debit: number, credit: number) => {
    const sums = (money[currency] ??= { debit: 0, credit: 0 });
    sums.debit += debit;
    sums.credit += credit;
  };

  const FIRST_CITIZEN = 1003;
  const lastCitizen = FIRST_CITIZEN + citizens - 1;
  for (let citNo = FIRST_CITIZEN; citNo <= lastCitizen; citNo++) sheets.citizens.add(citizenRow(random, citNo));
  for (let i = 0; i < bad; i++) {
    const blank = random.pick(['', '   ', ' - ', '.', '؟؟']);
    sheets.citizens.add(
      [lastCitizen + 1 + i, blank, '', '', '', random.pick(words.QUARTERS), '1/1/2001'],
      REASONS.noName,
    );
    const again = random.whole(FIRST_CITIZEN, lastCitizen);
    sheets.citizens.add([again, 'نسخة مكررة', '', '', '', '', '22/06/2005'], REASONS.numberTwice);
  }

  let srvNo = 20_002;
  let receipt = 700_000;
  let bill = 2_600_000;
  let lastDoc = '';
  const move = (
    service: number,
    date: string,
    kind: string,
    debit: number,
    credit: number,
    cur: string,
    doc: string,
  ) => {
    sheets.movements.add([service, date, kind, decimal(random, debit), decimal(random, credit), cur, doc]);
    book(cur, debit, credit);
    lastDoc = doc;
  };
  const services = Math.round(citizens * 1.405);
  for (let i = 0; i < services; i++) {
    srvNo += random.whole(1, 4);
    const type = random.weighted(words.SERVICES);
    const citNo = i < citizens * 0.9 ? FIRST_CITIZEN + Math.floor(i / 0.9) : random.whole(FIRST_CITIZEN, lastCitizen);
    const address =
      `${random.pick(words.QUARTERS)} ${random.pick(['', `ط${random.whole(1, 6)}`, 'قرب المسجد'])}`.trim();
    const status = random.weighted(words.STATUSES);
    sheets.services.add([srvNo, type, Math.min(citNo, lastCitizen), address, status, someDate(random)]);
    if (type === 'مياه') {
      const serial = `${random.pick(['S', 'A', 'Z'])}${random.digits(7)}`;
      const use = random.pick(words.USES);
      const sizes = ['15', '20', '25', '50'];
      sheets.meters.add([
        srvNo,
        serial,
        random.pick(sizes),
        use,
        random.whole(1, 40),
        random.whole(1, 400),
        someDate(random),
      ]);
      let index = random.whole(50, 9000);
      for (let month = 1; month <= 12; month++) {
        index += random.whole(3, 60);
        const noAccess = random.chance(0.01);
        const period = `${two(month)}/2018`;
        sheets.readings.add([
          srvNo,
          serial,
          period,
          noAccess ? '' : index,
          noAccess ? 3 : random.whole(1, 2),
          two(month),
        ]);
        const owed = random.whole(2000, 30_000);
        move(srvNo, `01/${two(month)}/2018`, 'فاتورة مياه', owed, 0, 'ILS', `B${++bill}`);
        if (random.chance(0.8)) {
          move(srvNo, `${two(random.whole(2, 28))}/${two(month)}/2018`, 'دفع نقدي', 0, owed, 'ILS', `R${++receipt}`);
        }
      }
    } else if (type === 'ضريبة معارف') {
      const value = random.whole(50_000, 950_000);
      const built = random.whole(1965, 2017);
      const use = random.pick(words.USES);
      sheets.parcels.add([
        srvNo,
        24_000 + random.whole(1, 90),
        random.whole(1, 400),
        random.whole(60, 900),
        decimal(random, value),
        use,
        built,
      ]);
      for (let year = 2010; year <= 2018; year++) {
        const owed = Math.round(value * 0.07);
        move(srvNo, `01/01/${year}`, type, owed, 0, 'JOD', `E${year}0${srvNo}`);
        if (random.chance(0.6))
          move(srvNo, `${two(random.whole(2, 28))}/03/${year}`, 'دفع شيك', 0, owed, 'JOD', `R${++receipt}`);
      }
    } else {
      if (type === 'حرف وصناعات') {
        const fee = random.pick(['60.00', '90.00', '150.00']);
        sheets.licences.add([srvNo, random.pick(words.TRADES), random.pick(['أ', 'ب', 'ج']), fee, '31/12/2018']);
      }
      for (let month = 1; month <= 10; month++) {
        move(srvNo, `01/${two(month)}/2018`, `رسوم ${type}`, 3500, 0, 'ILS', `F${srvNo}${two(month)}`);
        if (random.chance(0.5)) move(srvNo, `12/${two(month)}/2018`, 'دفع نقدي', 0, 3500, 'ILS', `R${++receipt}`);
      }
    }
  }
  for (let i = 0; i < bad; i++) {
    const date = random.pick(['2011/13/40', '31/02/2018', '00/00/0000']);
    sheets.services.add(
      [srvNo + 1 + i, 'مياه', 90_000_000 + i, 'رفيديا', 'فعال', '01/01/2010'],
      REASONS.citizenUnknown,
    );
    sheets.services.add([srvNo + 100 + i, 'مياه', FIRST_CITIZEN, 'رفيديا', 'فعال', date], REASONS.date);
    sheets.readings.add([srvNo, 'S0000000', '13/2018', 100 + i, 1, '01'], REASONS.month);
    const row = (service: number, debit: string, doc: string) => [
      service,
      '01/02/2018',
      'رسوم',
      debit,
      '0.00',
      'ILS',
      doc,
    ];
    sheets.movements.add(row(90_000_000 + i, '10.00', `X${i}A`), REASONS.serviceUnknown);
    sheets.movements.add(row(srvNo, '10.0x', `X${i}B`), REASONS.amount);
    sheets.movements.add(row(srvNo, '10.00', lastDoc), REASONS.documentTwice);
  }
  for (const sheet of Object.values(sheets)) sheet.close();
  const rows = Object.fromEntries(names.map((name) => [name, sheets[name].rows])) as Record<FileName, number>;
  const refusedIn = names.filter((name) => Object.keys(sheets[name].refused).length > 0);
  const refused = Object.fromEntries(refusedIn.map((name) => [name, sheets[name].refused]));
  writeFileSync(
    join(directory, 'control.json'),
    JSON.stringify({ rows, refused, movements_minor_units: money }, null, 1),
  );
  return rows;
}

function citizenRow(random: Random, citNo: number): Row {
  const name = words.uglyName(random);
  const id = `${random.pick(['4', '8', '9'])}${random.digits(8)}`;
  const type = random.weighted(words.DOCUMENTS);
  const number =
    type === ''
      ? random.pick(['', '0', '000000000'])
      : random.pick([id, id, id, id.slice(0, 8), words.arabicDigits(id), `${id[0]}-${id.slice(1, 8)}-${id[8]}`]);
  const mobile = `05${random.pick(['6', '9'])}${random.digits(7)}`;
  const phone = random.pick([
    '',
    '',
    mobile,
    mobile,
    mobile.slice(1),
    `+97${random.whole(0, 1) * 2}${mobile.slice(1)}`,
    words.arabicDigits(mobile),
    `${mobile.slice(0, 3)}-${mobile.slice(3)}`,
  ]);
  return [citNo, name, type, number, phone, random.pick(words.QUARTERS), someDate(random)];
}

const two = (value: number): string => String(value).padStart(2, '0');

function someDate(random: Random): string {
  const [day, month, year] = [random.whole(1, 28), random.whole(1, 12), random.whole(1995, 2017)];
  return random.pick([
    `${two(day)}/${two(month)}/${year}`,
    `${two(day)}/${two(month)}/${year}`,
    `${day}/${month}/${year}`,
    `${year}-${two(month)}-${two(day)}`,
  ]);
}

/** Hundredths with two decimals; now and then with a thousands comma. */
function decimal(random: Random, hundredths: number): string {
  const text = `${Math.floor(hundredths / 100)}.${two(hundredths % 100)}`;
  return hundredths >= 100_000 && random.chance(0.05) ? text.replace(/(\d)(\d{3}\.)/, '$1,$2') : text;
}

if (require.main === module) {
  const [directory, citizens = '6000', seed = '1'] = process.argv.slice(2);
  if (!directory) throw new Error('expected DIR [CITIZENS] [SEED]');
  console.log(generateExtract(directory, { citizens: Number(citizens), seed: Number(seed) }));
}
