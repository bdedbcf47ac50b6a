import { CitizenSearch } from '../../src/citizens';
import { startTestApp, type TestApp } from '../support/app';
import { mirrorRows, type MirrorRow } from '../support/mirror-rows';
import { seedRecord } from '../support/records';

/** Invented; the valid IDs are valid by construction. */
const ROWS = {
  short: ['سمير كنعان', 'هوية', '400000006'],
  shortWhole: ['سمير فهد ياسين كنعان', 'هوية', '400000006'],
  byPhone: ['سمير كنعان', 'غير معروف', '', '0599000001'],
  byPhoneWhole: ['سمير فهد كنعان', 'هوية', '900000001', '0599000001'],
  free: ['سمير كنعان', 'هوية', '800000002'],
  bearer: ['سمير كنعان', 'هوية', '700000003'],
  misnamed: ['سهير وليد حسن كنعان', 'هوية', '700000003'],
  joint: ['هالة نبيل فارس عاشور وشركاه', 'هوية', '500000005', '0599000009'],
  ofJoint: ['هالة عاشور', 'هوية', '500000005', '0599000009'],
  otherHala: ['هالة عاشور', 'هوية', '', '0599000008'],
  noPhoneOther: ['رائد نصر زيدان', 'هوية', '', '0599000000'],
  crowded: ['رائد زيدان', 'سجل تجاري', '562901743', '0599000000'],
  married: ['رائد وجدي كمال زيدان', 'هوية', '300000007'],
  maiden: ['رائد الصيرفي', 'هوية', '300000007'],
  otherRaed: ['رائد زيدان', 'هوية', '', '0599000007'],
  otherRaedWhole: ['رائد نصر زيدان', 'هوية', '', '0599000007'],
} satisfies Record<string, MirrorRow>;
/** People beside them, so that a name in common says something. */
const LETTERS = [...'بتثجحخدذرزسشصضطظعغفقكلمنهوي'];
const OTHERS = Object.fromEntries(
  LETTERS.flatMap((a, i) =>
    [9, 14, 17, 22].map((far): [string, MirrorRow] => {
      const [b, c] = [LETTERS[(i + far) % LETTERS.length], LETTERS[(i + 2 * far) % LETTERS.length]];
      return [`other${i}-${far}`, [`${a}ا${b} ${b}ي${c} ${c}و${a}ان ${a}${b}${c}اوي`]];
    }),
  ),
);
/** Rows on a phone and a document that were typed for want of one. */
const CROWD = Object.fromEntries(
  Array.from({ length: 220 }, (_, i): [string, MirrorRow] => {
    const [a, b] = [LETTERS[i % LETTERS.length], LETTERS[Math.floor(i / LETTERS.length)]];
    return [`crowd${i}`, [`${b}ي${a}ان ${a}و${b}ة ${a}${b}اطي`, 'سجل تجاري', '562901743', '0599000000']];
  }),
);
type RowName = keyof typeof ROWS;
type Hit = { citizenId: number; score: number; why: { en: string }[] };

describe('what rows tell of one another in search', () => {
  let app: TestApp;
  let ids: Record<RowName, number>;

  beforeAll(async () => {
    app = await startTestApp();
    const { runId } = await seedRecord(app, [{ name: 'محمد احمد النابلسي' }]);
    ids = await mirrorRows(app, runId, { ...ROWS, ...CROWD, ...OTHERS });
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
  });
  afterAll(() => app.close());

  const search = async (text: string): Promise<{ order: RowName[]; hit: (name: RowName) => Hit | undefined }> => {
    const body = { text, purpose: 'COUNTER_SERVICE', limit: 20 };
    const items: Hit[] = (await app.request('POST', '/citizens/search', { as: 'clerk', body })).body.items;
    const names = Object.keys(ids) as RowName[];
    return {
      order: items.flatMap(({ citizenId }) => names.find((name) => ids[name] === citizenId) ?? []),
      hit: (name) => items.find(({ citizenId }) => citizenId === ids[name]),
    };
  };
  const saysOf = (hit: Hit | undefined) => hit?.why.map(({ en }) => en) ?? [];

  it('lowers a row whose document or phone stands under another father as well', async () => {
    const { order, hit } = await search('سمير وليد حسن كنعان');
    for (const lowered of ['short', 'byPhone'] as const) {
      expect(order).toContain(lowered);
      expect(order.indexOf('free')).toBeLessThan(order.indexOf(lowered));
    }
    expect(saysOf(hit('short'))).toContain('another name on a row with its document');
    expect(saysOf(hit('byPhone'))).toContain('another name on a row with its phone');
    expect(saysOf(hit('free')).join()).not.toContain('another name');
  });

  it('does not lower one by a row whose given name may be an error', async () => {
    const { hit } = await search('سمير وليد حسن كنعان');
    expect(hit('bearer')!.score).toBeGreaterThanOrEqual(hit('free')!.score);
  });

  it('raises a row by the joint one that names the person', async () => {
    const { order, hit } = await search('هالة نبيل فارس عاشور');
    expect(order.indexOf('ofJoint')).toBeLessThan(order.indexOf('otherHala'));
    expect(saysOf(hit('ofJoint'))).toContain('same phone as a row that fits the name better');
    expect(saysOf(hit('otherHala')).join()).not.toContain('fits the name better');
  });

  it('hears nothing of a phone that very many bear, and all of the other numbers', async () => {
    const { order, hit } = await search('رائد وجدي كمال زيدان');
    expect(order[0]).toBe('married');
    expect(saysOf(hit('married'))).toContain('another name on a row with its document');
    expect(saysOf(hit('crowded')).join()).not.toContain('phone');
    expect(saysOf(hit('otherRaed'))).toContain('another name on a row with its phone');
  });
});
