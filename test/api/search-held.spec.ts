import { Store } from '@libs/persistence';
import { CitizenSearch } from '../../src/citizens';
import { Link } from '../../src/citizens/one-records/link.entity';
import { startTestApp, type TestApp } from '../support/app';
import { mirrorRows, type MirrorRow } from '../support/mirror-rows';
import { seedRecord } from '../support/records';

/** Invented; the valid IDs are valid by construction. */
const ROWS = {
  otherWhole: ['سمير فهد ياسين كنعان', 'هوية', '900000001'],
  otherShort: ['سمير كنعان', '', '', '0599000002'],
} satisfies Record<string, MirrorRow>;
/** By the card of the person; no row of the old systems bears its number. */
const APPROVED = {
  nameParts: { given: 'سمير', father: 'وليد', grandfather: 'حسن', family: 'كنعان' },
  documentNumber: '400000006',
  documentKey: 'national-id:400000006',
  claimedDocumentKey: 'national-id:400000006',
  phoneE164: '+970599000333',
};
const HELD = ['سمير كنعان', 'سهير وليد كتعان'];
type Item = { citizenId: number; name: string; score: number; why: { ar: string; en: string }[] };

describe('rows that a OneRecord holds, in search', () => {
  let app: TestApp;
  let held: number[];
  let ids: Record<keyof typeof ROWS, number>;

  beforeAll(async () => {
    app = await startTestApp();
    const rows = HELD.map((name) => ({ name, docNo: '' }));
    const { id, runId } = await seedRecord(app, rows, APPROVED);
    await seedRecord(app, [{ name: 'سمير كنعان', docNo: '' }], {
      nameParts: { given: 'سمير', father: 'فهد', grandfather: 'ياسين', family: 'كنعان' },
      documentNumber: '900000001',
      documentKey: 'national-id:900000001',
      claimedDocumentKey: 'national-id:900000001',
      state: 'DRAFT',
    });
    ids = await mirrorRows(app, runId, ROWS);
    const links = await app.app
      .get(Store)
      .reads(Link)
      .find({ where: { oneRecordId: id }, order: { id: 'ASC' } });
    held = links.map(({ legacyCitizenId }) => legacyCitizenId);
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
  });
  afterAll(() => app.close());

  const search = async (text: string): Promise<Item[]> =>
    (await app.request('POST', '/citizens/search', { as: 'clerk', body: { text, purpose: 'LINKING' } })).body.items;
  const idsOf = (items: Item[]) => items.map(({ citizenId }) => citizenId);

  it.each([
    ['400000006', 'national ID of its OneRecord same'],
    ['0599000333', 'phone of its OneRecord same'],
  ])('are found by its number %s, which none of them bears', async (text, reason) => {
    const items = await search(text);
    expect(idsOf(items).sort()).toEqual([...held].sort());
    for (const { why } of items) expect(why.map(({ en }) => en)).toEqual([reason]);
  });

  it('are found by the number of the record, a draft or not', async () => {
    for (const { number } of (await app.request('GET', '/one-records', { as: 'clerk' })).body.items) {
      const items = await search(number);
      expect(items.length).toBeGreaterThan(0);
      for (const { why } of items) expect(why[0]!.en).toBe('number of its OneRecord same');
    }
  });

  it('are another person than one of another valid ID', async () => {
    const items = idsOf(await search('سمير كنعان 900000001'));
    expect(items).toContain(ids.otherWhole);
    expect(items).toContain(ids.otherShort);
    for (const id of held) expect(items).not.toContain(id);
  });

  it('bear the name that was approved, beside what the old system wrote', async () => {
    const items = await search('سمير وليد حسن كنعان');
    expect(idsOf(items.slice(0, 2)).sort()).toEqual([...held].sort());
    expect(items[0]!.why.map(({ en }) => en)).toContain('compared with the name approved in its OneRecord');
    expect(items[1]!.why.map(({ en }) => en)).toContain('given name same');
  });

  it('fall below others where the approved name is another', async () => {
    const items = await search('سمير فهد ياسين كنعان');
    const at = (id: number) => idsOf(items).indexOf(id);
    expect(at(ids.otherWhole)).toBe(0);
    expect(at(ids.otherShort)).toBeLessThan(at(held[0]!));
    expect(items[at(held[0]!)]!.why.map(({ en }) => en)).toContain('its OneRecord has another name');
  });

  it('are related to one another and to no one of another ID', async () => {
    const { body } = await app.request('GET', `/citizens/rows/${held[0]}/related`, { as: 'clerk' });
    expect(idsOf(body.items)).toContain(held[1]);
    expect(idsOf(body.items)).not.toContain(ids.otherWhole);
  });
});
