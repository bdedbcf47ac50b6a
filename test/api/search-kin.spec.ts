import { CitizenSearch } from '../../src/citizens';
import { startTestApp, type TestApp } from '../support/app';
import { mirrorRows, type MirrorRow } from '../support/mirror-rows';
import { seedRecord } from '../support/records';

/** Invented; the valid IDs are valid by construction. */
const ROWS = {
  self: ['زهير طارق سليمان الشكعة', 'هوية', '400000006', '0599000001'],
  selfShort: ['زهير الشكعة', '', '', '0599000001'],
  miswritten: ['سمير طارق سليمان الشكعة'],
  miswrittenShort: ['سمير طارق الشكعة', '', '', '0599000001'],
  brother: ['نادر طارق سليمان الشكعة', 'هوية', '900000001', '0599000001'],
  sister: ['منال طارق الشكعة', '', '', '0599000009', 'رفيديا'],
  sameDocument: ['ماهر طارق سليمان الشكعة', 'هوية', '400000006'],
  nephew: ['سمير زهير طارق الشكعة'],
  noFamily: ['سمير طارق سليمان'],
  father: ['طارق سليمان الشكعة'],
  cousin: ['سمير محمود سليمان الشكعة'],
  joint: ['هدى طارق سليمان الشكعة وشركاه'],
  firm: ['شركة النور لتجارة المواد العامة'],
  otherFirm: ['شركة الهدى لتجارة المواد العامة'],
} satisfies Record<string, MirrorRow>;
type RowName = keyof typeof ROWS;
interface Item {
  citizenId: number;
  score: number;
  why: { ar: string; en: string }[];
  otherGivenName: boolean;
}

describe('rows of another given name in a search', () => {
  let app: TestApp;
  let ids: Record<RowName, number>;

  beforeAll(async () => {
    app = await startTestApp();
    const { runId } = await seedRecord(app, [{ name: 'محمد احمد النابلسي' }]);
    ids = await mirrorRows(app, runId, ROWS);
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
  });
  afterAll(() => app.close());

  const search = async (text: string, limit = 20): Promise<(Item & { name: RowName })[]> => {
    const body = { text, purpose: 'COUNTER_SERVICE', limit };
    const answer = await app.request('POST', '/citizens/search', { as: 'clerk', body });
    expect(answer.status).toBe(200);
    const names = Object.keys(ids) as RowName[];
    return answer.body.items.map((item: Item) => ({
      ...item,
      name: names.find((name) => ids[name] === item.citizenId),
    }));
  };
  const kinOf = async (text: string, limit?: number) =>
    (await search(text, limit)).filter(({ otherGivenName }) => otherGivenName).map(({ name }) => name);

  it.each(['زهير طارق سليمان الشكعة', 'الشكعة سليمان طارق زهير', 'زهير طاارق سليمان الشكعة'])(
    'come after all others, those with the grandfather first, then by what ties them: %s',
    async (text) => {
      const items = await search(text);
      const answers = items.filter(({ otherGivenName }) => !otherGivenName);
      expect(items.slice(0, answers.length)).toEqual(answers);
      expect(answers.map(({ name }) => name)).toEqual(expect.arrayContaining(['self', 'selfShort']));
      expect(items.slice(answers.length).map(({ name }) => name)).toEqual([
        'sameDocument',
        'miswritten',
        'miswrittenShort',
        'sister',
      ]);
      const scores = items.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(Math.min(...answers.map(({ score }) => score))).toBeGreaterThan(Math.max(...scores.slice(answers.length)));
    },
  );

  it.each(['زهير طارق سليمان الشكعة', 'الشكعة سليمان طارق زهير'])(
    'say so first, in both languages: %s',
    async (text) => {
      const item = (await search(text)).find(({ name }) => name === 'miswrittenShort')!;
      expect(item.why[0]).toEqual({
        ar: 'اسم أول آخر: قد يكون أخاً أو أختاً، أو اسماً أول سُجّل خطأً',
        en: 'another given name: perhaps a brother or sister, or a given name written wrongly',
      });
      expect(item.why.slice(1).map(({ en }) => en)).toEqual([
        'given name differs',
        "father's name same",
        "grandfather's name not given",
        'family name same',
      ]);
    },
  );

  it('are those of the person asked for where the family stands first, too', async () => {
    const typed = 'الشكعة زهير طارق سليمان';
    const items = await search(typed);
    const kin = items.filter(({ otherGivenName }) => otherGivenName);
    expect(kin.map(({ name }) => name)).toEqual(await kinOf('زهير طارق سليمان الشكعة'));
    expect(kin[0]!.why[1]!.en).toBe('given name differs');
    const self = items.find(({ name }) => name === 'self')!;
    expect(self.why.map(({ en }) => en)).toEqual([
      'given name same',
      "father's name same",
      "grandfather's name same",
      'family name same',
    ]);
  });

  it('are offered where nobody bears the name, known IDs among them', async () => {
    expect((await kinOf('وسيم طارق سليمان الشكعة')).slice(0, 4).sort()).toEqual(
      ['brother', 'miswritten', 'sameDocument', 'self'].sort(),
    );
  });

  it('are none for two names, for a number, for a firm', async () => {
    for (const text of ['زهير الشكعة', 'زهير طارق سليمان الشكعة 400000006', ROWS.firm[0], '400000006', '...']) {
      expect(await kinOf(text)).toEqual([]);
    }
    expect(await kinOf('زهير طارق الشكعة')).toEqual(['miswrittenShort', 'sister']);
  });

  it('take no place from others', async () => {
    const answers = (await search('زهير طارق سليمان الشكعة')).filter(({ otherGivenName }) => !otherGivenName);
    expect(await kinOf('زهير طارق سليمان الشكعة', answers.length)).toEqual([]);
    expect(await kinOf('زهير طارق سليمان الشكعة', answers.length + 1)).toEqual(['sameDocument']);
  });

  it('are not held to be near a row: what is proposed as one person is asked for without them', async () => {
    const { body } = await app.request('GET', `/citizens/rows/${ids.self}/related`, { as: 'clerk' });
    const names = body.items.map(({ citizenId }: Item) => citizenId);
    expect(names).toContain(ids.selfShort);
    expect(names).not.toContain(ids.miswritten);
    expect(body.items.every(({ otherGivenName }: Item) => !otherGivenName)).toBe(true);
  });
});
