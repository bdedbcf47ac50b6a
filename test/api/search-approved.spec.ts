import { Store, UnitOfWork } from '@libs/persistence';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CitizenSearch } from '../../src/citizens';
import { NameSettling } from '../../src/citizens/search/name-settling';
import { LegacyMirror } from '../../src/legacy';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows, nationalId, oneRecordFlow, pngOf, type Held } from '../support/one-records';
import { STRANGERS } from '../support/strangers';

const REASON = { reason: 'حسب الهوية' };
const CARD = { given: 'زاهي', father: 'منصور', grandfather: 'كايد', family: 'الدويري' };
const RIGHT = { given: 'بسام', father: 'رشدي', grandfather: 'كايد', family: 'الخياط' };

/** A row that says nothing of the name on its bearer's card: only the approved name leads to it. */
describe('rows by the name approved in their OneRecord', () => {
  let app: TestApp;
  let flow: ReturnType<typeof oneRecordFlow>;
  let seed = 7000;
  beforeEach(async () => {
    app = await startTestApp();
    flow = oneRecordFlow(app);
  });
  afterEach(() => app.close());

  const row = async (name = 'ابو العبد') => (await addLegacyRows(app, [{ name }]))[0]!;
  const approved = (rows: number[], name: object = CARD) => flow.approved(rows, nationalId(seed++), { name });
  const found = async (name: object) => {
    const body = { text: Object.values(name).join(' '), purpose: 'LINKING' };
    const { items } = (await app.request('POST', '/citizens/search', { as: 'clerk', body })).body;
    return items.map(({ citizenId }: { citizenId: number }) => citizenId);
  };
  const correct = async (record: Held, name: object) => {
    const at = await flow.done(flow.act('clerk', record, 'evidence', pngOf('card')));
    const changes = { changes: { name }, evidenceId: at.evidence[0].id, ...REASON };
    const proposal = await flow.done(flow.act('clerk', at, 'proposals', changes));
    const read = { as: 'officer', headers: { 'if-match': `"${proposal.version}"` } };
    await flow.done(app.request('POST', `/citizens/proposals/${proposal.id}/apply`, read));
  };

  it('once it is approved and no earlier, and by the name that a correction gave it', async () => {
    const held = await row();
    const pending = await flow.pending([held], nationalId(seed++), { name: CARD });
    expect(await found(CARD)).toEqual([]);
    const record = await flow.done(flow.act('officer', pending, 'approve'));
    expect(await found(CARD)).toEqual([held]);
    await correct(record, RIGHT);
    expect(await found(RIGHT)).toEqual([held]);
    expect(await found(CARD)).toEqual([]);
  });

  it('who are kin by it, and say so', async () => {
    const held = await row();
    await approved([held]);
    await addLegacyRows(app, STRANGERS);
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
    const text = Object.values({ ...CARD, given: 'سامي' }).join(' ');
    const body = { text, purpose: 'LINKING' };
    const { items } = (await app.request('POST', '/citizens/search', { as: 'clerk', body })).body;
    expect(items).toMatchObject([{ citizenId: held, otherGivenName: true }]);
    const says = items[0].why.map(({ en }: { en: string }) => en);
    expect(says).toContain("father's name same");
    expect(says).toContain('compared with the name approved in its OneRecord');
  });

  it('while the record stands', async () => {
    const record = await approved([await row()]);
    const suspended = await flow.done(flow.act('supervisor', record, 'suspend', REASON));
    expect(await found(CARD)).toHaveLength(1);
    await flow.done(flow.act('supervisor', suspended, 'revoke', REASON));
    expect(await found(CARD)).toEqual([]);
  });

  it('by the name of the survivor of a merger, and by their own after it is undone', async () => {
    const [a, b] = [await row(), await row('ام العبد')];
    const one = await approved([a]);
    const two = await flow.approved([b], '', { name: RIGHT, document: { type: 'PASSPORT', number: 'P778899' } });
    expect(await found(CARD)).toEqual([a]);
    expect(await found(RIGHT)).toEqual([b]);
    const other = { otherId: two.id, otherVersion: two.version };
    const { related } = await flow.done(flow.act('officer', one, 'merge', { ...other, ...REASON }));
    expect(await found(CARD)).toEqual([a, b]);
    expect(await found(RIGHT)).toEqual([]);
    await flow.done(flow.act('officer', related, 'unmerge', REASON));
    expect(await found(CARD)).toEqual([a]);
    expect(await found(RIGHT)).toEqual([b]);
  });

  it('among those of another given name, once each, with the reasons that the approved name gives', async () => {
    const rows = [await row(), await row('زاهي منصور الدويري')];
    for (const each of rows) await approved([each]);
    await addLegacyRows(app, STRANGERS);
    const search = app.app.get(CitizenSearch, { strict: false });
    await search.rebuild();
    const hits = await search.search('سامر منصور كايد الدويري');
    expect(hits.map(({ citizenId }) => citizenId)).toEqual(rows);
    for (const { otherGivenName, why } of hits) {
      expect(otherGivenName).toBe(true);
      expect(why.slice(1).map(({ en }) => en)).toEqual([
        'given name differs',
        "father's name same",
        "grandfather's name same",
        'family name same',
        'compared with the name approved in its OneRecord',
      ]);
    }
  });

  it('after an import wrote the row anew, and after the index is settled and made again', async () => {
    const held = await row();
    await approved([held]);
    const get: typeof app.app.get = (token) => app.app.get(token, { strict: false });
    await get(UnitOfWork).run(() => get(LegacyMirror).announce([{ id: held, rawName: 'ابو العبد' }]));
    expect(await found(CARD)).toEqual([held]);
    await get(NameSettling).run();
    expect(await found(CARD)).toEqual([held]);
    await get(CitizenSearch).rebuild();
    expect(await found(CARD)).toEqual([held]);
    expect(await get(Store).sql('SELECT * FROM "citizen_names" WHERE "citizen_id" = ?', [held])).toHaveLength(2);
  });

  it('among thousands that are not filed yet and share its commonest word', async () => {
    const words = 'رشا سها لمى دعد هيا عبير سمر ندى رنا منى'.split(' ');
    const names = Array.from({ length: 2500 }, (_, i) =>
      ['محمد', ...[1, 10, 100, 1000].map((power) => words[Math.floor(i / power) % 10])].join(' '),
    );
    const ids = await addLegacyRows(
      app,
      names.map((name) => ({ name })),
    );
    const mirror = app.app.get(LegacyMirror, { strict: false });
    const written = ids.map((id, i) => ({ id, rawName: names[i]! }));
    await app.app.get(UnitOfWork).run(() => mirror.announce(written));
    const held = await row();
    const name = { ...CARD, father: 'محمد' };
    await approved([held], name);
    expect(await found(name)).toContain(held);
  });

  it('filed at night under their keys, so that a search need not look at all that is new', async () => {
    const worker = await startTestApp({ NAME_SETTLING_CRON: '15 1 * * *', ROLE: 'worker' });
    await oneRecordFlow(worker).approved(await addLegacyRows(worker, [{ name: 'ابو العبد' }]), nationalId(seed++));
    const job = worker.app.get(SchedulerRegistry).getCronJob('settle-names');
    expect(job.cronTime.source).toBe('15 1 * * *');
    const keys = () => worker.app.get(Store).sql('SELECT * FROM "name_form_keys"');
    expect(await keys()).toHaveLength(0);
    await job.fireOnTick();
    expect((await keys()).length).toBeGreaterThan(0);
    await worker.close();
  });
});
