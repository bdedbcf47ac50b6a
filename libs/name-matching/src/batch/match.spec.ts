import * as fc from 'fast-check';
import { matchRegister } from './match';
import { type RegisterRow } from './register';

const GIVEN = 'محمد احمد خالد حسن علي سامي رامي فادي ماهر زياد طارق نبيل عمر يوسف كمال'.split(' ');
const FAMILY = 'النجار الحداد الخياط الصباغ البيطار العطار الحلاق الدباغ القصاب الخباز'.split(' ');
const PLACES = ['رفيديا', 'عسكر', 'بلاطة', 'زواتا'];

/** A register of strangers in which the rows of a test stand. */
function crowd(size = 600): RegisterRow[] {
  return Array.from({ length: size }, (_, i) => {
    const parts = [
      GIVEN[i % 15]!,
      GIVEN[(i * 7 + 3) % 15]!,
      GIVEN[(i * 11 + (i >> 4)) % 15]!,
      FAMILY[(i * 3 + (i >> 5)) % 10]!,
    ];
    return {
      name: parts.join(' '),
      docType: 'هوية',
      docNo: idOf(90_000_000 + i * 137),
      phone: `0599${String(100_000 + i * 17)}`,
      address: PLACES[(i >> 3) % 4]!,
    };
  });
}

/** The valid ID that begins with these eight digits. */
function idOf(body: number): string {
  let sum = 0;
  [...String(body)].forEach((digit, i) => {
    const weighted = Number(digit) * (i % 2 === 0 ? 1 : 2);
    sum += weighted > 9 ? weighted - 9 : weighted;
  });
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** Matches the rows within the crowd; their clusters as indices into the rows given, -1 for a stranger's. */
async function clustersOf(rows: RegisterRow[], options: Parameters<typeof matchRegister>[1] = {}) {
  const found = await matchRegister([...rows, ...crowd()], options);
  return { found, clusters: Array.from(found.cluster.subarray(0, rows.length)) };
}

const ID = idOf(40_123_456);
const row = (name: string, rest: Partial<RegisterRow> = {}): RegisterRow => ({
  name,
  docType: '',
  docNo: '',
  phone: '',
  address: 'رفيديا',
  ...rest,
});
const withId = (name: string, docNo: string, rest: Partial<RegisterRow> = {}) =>
  row(name, { docType: 'هوية', docNo, ...rest });

describe('matchRegister', () => {
  it('joins a name in Latin letters under one ID, and not that of a wife under one phone', async () => {
    const { found, clusters } = await clustersOf([
      withId('سفيان غسان مروان السكري', ID, { phone: '0599000777' }),
      withId('SUFIAN GHASSAN AL SUKKARI', ID),
      row('Maryam Khalil Sukkari', { phone: '0599000777' }),
    ]);
    expect(clusters).toEqual([0, 0, 2]);
    expect(found.bandOf(1)).not.toBe('look');
  });

  it('keeps a brother in Latin letters apart whose name sounds alike but for its vowels', async () => {
    const { clusters } = await clustersOf([
      row('محمود غسان مروان السكري', { phone: '0599000777' }),
      row('MOHAMMED GHASSAN MARWAN SUKKARI', { phone: '0599000777' }),
    ]);
    expect(clusters).toEqual([0, 1]);
  });

  it('gathers spellings, missing parts, another order and eight digits', async () => {
    const { found, clusters } = await clustersOf([
      withId('سفيان غسان مروان السكري', ID),
      withId('سفيان غسان السكرى', ID.slice(0, 8)),
      row('سفيان غسان مروان سكري'),
      row('السكري سفيان غسان'),
      withId('سفيان غسلن السكري', [...ID].map((digit) => String.fromCharCode(0x660 + Number(digit))).join('')),
    ]);
    expect(clusters).toEqual([0, 0, 0, 0, 0]);
    expect(found.bandOf(1)).toBe('sure');
  });

  it('keeps father, son, brother and cousin apart', async () => {
    const phone = '0561234567';
    const { clusters } = await clustersOf([
      row('غسان مروان عدنان السكري', { phone }),
      row('سفيان غسان مروان السكري', { phone }),
      row('عدنان غسان مروان السكري', { phone }),
      row('سفيان وائل مروان السكري'),
    ]);
    expect(clusters).toEqual([0, 1, 2, 3]);
  });

  it('never joins two valid IDs, whatever else agrees', async () => {
    const same = { phone: '0561234567' };
    const { clusters } = await clustersOf([
      withId('سفيان غسان مروان السكري', ID, same),
      withId('سفيان غسان مروان السكري', idOf(40_123_457), same),
      row('سفيان غسان مروان السكري', same),
    ]);
    expect(clusters[0]).not.toBe(clusters[1]);
  });

  it('forgives one digit where the name agrees', async () => {
    const mistyped = `${ID.slice(0, 4)}${(Number(ID[4]) + 1) % 10}${ID.slice(5)}`;
    const { clusters } = await clustersOf([
      withId('سفيان غسان السكري', ID),
      withId('سفيان غسان مروان السكري', mistyped),
    ]);
    expect(clusters).toEqual([0, 0]);
  });

  it('relates a joint row to its parties and merges it with none', async () => {
    const { found, clusters } = await clustersOf([
      withId('سفيان غسان مروان السكري', ID, { phone: '0561234567' }),
      withId('سفيان غسان مروان السكري وشركه وجيه نائل فائق العسلي', ID, { phone: '0561234567' }),
      withId('وجيه نائل فائق العسلي', idOf(40_777_777)),
    ]);
    expect(clusters).toEqual([0, 1, 2]);
    expect(found.bandOf(1)).toBe('joint');
    expect(found.related.map(({ row: of, cluster, party }) => ({ of, cluster, party }))).toEqual([
      { of: 1, cluster: 0, party: 'first' },
      { of: 1, cluster: 2, party: 'further' },
    ]);
  });

  it('keeps apart what a clerk keeps apart, and does not suggest it again', async () => {
    const rows = [row('سفيان غسان مروان السكري'), row('سفيان غسان مروان السكري')];
    expect((await clustersOf(rows)).clusters).toEqual([0, 0]);
    const { found, clusters } = await clustersOf(rows, { apart: [[1, 0]] });
    expect(clusters).toEqual([0, 1]);
    expect(found.suggestions.some(({ a, b }) => a === 0 && b === 1)).toBe(false);
  });

  it('joins what is known to be one person, adds to it, and never joins two known persons', async () => {
    const rows = [row('سفيان غسان مروان السكري'), row('سفيان'), row('سفيان غسان مروان السكري')];
    expect((await clustersOf(rows)).clusters).toEqual([0, 1, 0]);
    expect((await clustersOf(rows, { known: [7, 7] })).clusters).toEqual([0, 0, 0]);
    expect((await clustersOf(rows, { known: [7, 0, 8] })).clusters).toEqual([0, 1, 2]);
    const joint = row('وجيه نائل العسلي وشركاه');
    expect((await clustersOf([rows[0]!, joint], { known: [7, 7] })).clusters).toEqual([0, 1]);
  });

  it('does not guess between two who fit alike', async () => {
    const { found, clusters } = await clustersOf([
      withId('سفيان غسان السكري', ID),
      withId('سفيان وائل السكري', idOf(40_777_777)),
      row('سفيان السكري'),
    ]);
    expect(clusters).toEqual([0, 1, 2]);
    expect(found.bandOf(2)).toBe('single');
  });

  it('takes nameless, numberless and absurd rows, and is the same every time', async () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 40 }), { nil: '' });
    const anyRow = fc.record({
      name: text,
      docType: fc.constantFrom('هوية', '', 'جواز سفر'),
      docNo: text,
      phone: text,
      address: text,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 30 }), async (rows) => {
        const first = await matchRegister(rows);
        const again = await matchRegister(rows);
        expect(Array.from(first.cluster)).toEqual(Array.from(again.cluster));
        first.cluster.forEach((lowest, i) => expect(lowest).toBeLessThanOrEqual(i));
      }),
      { numRuns: 30 },
    );
    expect((await matchRegister([])).cluster).toHaveLength(0);
  });

  it('keeps siblings of like names apart, be they ever so rare, and not the misspelt name of a number', async () => {
    const house = { phone: '0598222119', address: 'عسكر' };
    const siblings = ['سالم', 'سلام', 'صالح', 'صلاح', 'علاء', 'علا', 'هناء', 'هنا', 'سمير', 'سميرة'];
    const { clusters } = await clustersOf([
      ...siblings.map((name) => row(`${name} راجح قيس السكري`, house)),
      withId('عاصم زاهي معن السكري', ID),
      withId('عصام زاهي معن السكري', ID),
    ]);
    expect(clusters.slice(1, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(clusters[11]).toBe(clusters[10]);
  });
});
