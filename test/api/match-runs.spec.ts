import { join } from 'node:path';
import { matchRegister } from '@libs/name-matching';
import { validNationalIds } from '../../src/citizens/one-records/identity.rules';
import { MatchMember, MatchProposal, MatchRun } from '../../src/citizens/matching/matching.entities';
import { MATCH_LEASE, RegisterMatch } from '../../src/citizens/matching/runs/register-match';
import { LegacyCitizen, LegacyImporter, LegacyMirror } from '../../src/legacy';
import { Leases } from '@libs/outbox';
import { IdAllocator, IdBlock, Store, UnitOfWork } from '@libs/persistence';
import { startTestApp, type TestApp } from '../support/app';
import { Like, MoreThan } from 'typeorm';

describe('matching of the demo extract', () => {
  let app: TestApp;
  let store: Store;
  let uow: UnitOfWork;
  let matching: RegisterMatch;
  beforeAll(async () => {
    app = await startTestApp();
    [store, uow, matching] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(RegisterMatch)];
    await app.app.get(LegacyImporter).import(join(__dirname, '../../demo/extract'), { trigger: 'CLI' });
  }, 120_000);
  afterAll(() => app.close());

  const start = (as: string) => app.request('POST', '/citizens/match-runs', { as });
  const run = (onProgress?: Parameters<RegisterMatch['run']>[0]['onProgress']) =>
    matching.run({ trigger: 'CLI', ...(onProgress && { onProgress }) });
  const members = () => store.reads(MatchMember).find({ order: { citizenId: 'ASC', role: 'ASC' } });
  const proposals = () => store.reads(MatchProposal).find({ order: { id: 'ASC' } });
  const written = async () => ({ members: await members(), proposals: await proposals() });

  it('is asked for over HTTP, done by a worker, followed and read', async () => {
    expect((await start('clerk')).status).toBe(403);
    expect((await start('supervisor')).status).toBe(202);
    expect((await start('administrator')).body).toMatchObject({ status: 409, code: 'citizens.match-running' });
    await app.drain();
    const { body } = await app.request('GET', '/citizens/match-runs', { as: 'clerk' });
    expect(body).toMatchObject({ total: 1, items: [{ id: 1, state: 'DONE', startedVia: 'REST', progress: 100 }] });
    const one = await app.request('GET', '/citizens/match-runs/1', { as: 'auditor' });
    expect(one.body).toEqual(body.items[0]);
    const { sure, likely, look, clusters } = one.body;
    expect(Math.min(sure, likely, look)).toBeGreaterThan(0);
    expect(sure + likely + look).toBe(clusters);
    expect((await app.request('GET', '/citizens/match-runs/9', { as: 'clerk' })).body.code).toBe('http.not-found');
    expect((await app.request('GET', '/citizens/match-runs', { as: 'cashier' })).status).toBe(403);
    const report = await app.request('GET', '/citizens/reports/linkage', { as: 'supervisor' });
    expect(report.body.openProposals).toEqual({ sure, likely, look });
  });

  it('stores what the matching of the rows alone finds, and never two valid IDs in one cluster', async () => {
    const rows = await store.reads(LegacyCitizen).find({ order: { id: 'ASC' } });
    const found = await matchRegister(
      rows.map(({ rawName: name, rawDocType: docType, rawDocNo: docNo, rawPhone: phone, rawAddress: address }) => {
        return { name, docType, docNo, phone, address };
      }),
    );
    const owners = (await members()).filter(({ role }) => role === 'OWNER');
    const lowest = new Map<number, number>();
    for (const { clusterId, citizenId } of owners) if (!lowest.has(clusterId)) lowest.set(clusterId, citizenId);
    const stored = new Map(owners.map(({ citizenId, clusterId }) => [citizenId, lowest.get(clusterId)!]));
    expect(rows.map(({ id }) => stored.get(id) ?? id)).toEqual(Array.from(found.cluster, (row) => rows[row]!.id));

    const keys = new Map<number, (string | null)[]>();
    const documents = new Map(rows.map(({ id, documentKey }) => [id, documentKey]));
    for (const { clusterId, citizenId } of owners) {
      keys.set(clusterId, [...(keys.get(clusterId) ?? []), documents.get(citizenId)!]);
    }
    expect([...keys.values()].filter((each) => validNationalIds(each).size > 1)).toEqual([]);
    expect((await members()).filter(({ role }) => role !== 'OWNER').length).toBeGreaterThan(20);
  });

  it('writes nothing when nothing has changed', async () => {
    const before = await written();
    await run();
    expect(await written()).toEqual(before);
  });

  it('tells its stage and progress while it runs', async () => {
    const seen: string[] = [];
    let during: any;
    const { id } = await run(async ({ stage, done, total }) => {
      expect(done).toBeLessThanOrEqual(total);
      if (seen.at(-1) !== stage) seen.push(stage);
      if (stage === 'WRITE')
        during ??= (await app.request('GET', '/citizens/match-runs', { as: 'clerk' })).body.items[0];
    });
    expect(seen).toEqual(['READ', 'LEARN', 'BLOCK', 'SCORE', 'CLUSTER', 'WRITE']);
    expect(during).toMatchObject({ id, state: 'RUNNING', stage: 'WRITE', finishedAt: null });
  });

  it('takes a new row into the cluster it belongs to after the import, under the same numbers', async () => {
    const before = await written();
    const [first] = before.proposals.filter(({ bits, rowCount }) => bits > 15 && rowCount > 2);
    const cluster = before.members.filter(({ clusterId, role }) => clusterId === first!.clusterId && role === 'OWNER');
    const rows = await app.app.get(LegacyMirror).citizens(cluster.map(({ citizenId }) => citizenId));
    const known = rows.find(({ documentKey }) => documentKey !== null)!;
    const id = await uow.run(async () => {
      const added = { ...known, id: await app.app.get(IdAllocator).reserve('legacy_citizens', 1), citNo: 'N-1' };
      await store.insert(LegacyCitizen, added);
      await app.app.get(LegacyMirror).announce([added]);
      return added.id;
    });
    const runs = await store.reads(MatchRun).countBy({});
    await app.app.get(Leases).once('legacy-import', 600, async () => {
      app.clock.advance({ minutes: 1 });
      await app.drain();
    });
    expect(await store.reads(MatchRun).countBy({})).toBe(runs);
    app.clock.advance({ minutes: 1 });
    await app.drain();
    const [last] = await store.reads(MatchRun).find({ order: { id: 'DESC' }, take: 1 });
    expect(last).toMatchObject({ id: runs + 1, state: 'DONE', startedVia: 'IMPORT' });
    const after = await written();
    expect(after.members.find(({ citizenId }) => citizenId === id)).toMatchObject({ clusterId: first!.clusterId });
    const grown = after.proposals.find(({ id }) => id === first!.id)!;
    expect(grown).toMatchObject({ state: 'OPEN', rowCount: first!.rowCount + 1, version: first!.version + 1 });
    const others = ({ proposals: all }: typeof after) => all.filter((each) => each.id !== first!.id);
    expect(others(after)).toEqual(others(before));
  });

  it('that was cut off while writing ends as one that was left alone', async () => {
    const forget = () =>
      uow.run(async () => {
        await store.remove(MatchProposal, { id: MoreThan(0) });
        await store.remove(MatchMember, { citizenId: MoreThan(0) });
        await store.remove(MatchRun, { id: MoreThan(0) });
        await store.remove(IdBlock, { name: Like('match%') });
      });
    const books = () => store.reads(MatchRun).find({ order: { id: 'ASC' } });
    await forget();
    await run();
    const [whole, [undisturbed]] = [await written(), await books()];

    await forget();
    for (const unit of [1, 2, 3]) {
      let units = 0;
      const cut = run(({ stage, done }) => {
        if (stage === 'WRITE' && done > 0 && ++units === unit) throw new Error('power cut');
      });
      await expect(cut).rejects.toThrow('power cut');
    }
    expect((await members()).length).toBeLessThan(whole.members.length);
    expect((await books()).map(({ state, failure }) => `${state} ${failure}`)).toEqual(
      Array(3).fill('FAILED Error: power cut'),
    );
    await run();
    expect(await written()).toEqual(whole);

    // A process that was killed could not even say so: its run is continued under its number.
    await uow.run(() => store.update(MatchRun, { id: 4 }, { state: 'RUNNING', finishedAt: null }));
    await run();
    expect((await books()).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect((await books())[3]).toEqual({ ...undisturbed, id: 4 });
  });

  it('is one at a time', async () => {
    await app.app.get(Leases).once(MATCH_LEASE, 60, async () => {
      expect((await start('administrator')).body.code).toBe('citizens.match-running');
      await expect(run()).rejects.toThrow('citizens.match-running');
    });
  });

  it('parts a cluster whose row is gone, and closes what is no longer proposed', async () => {
    const [pair] = (await proposals()).filter(({ rowCount }) => rowCount === 2);
    const [gone] = (await members()).filter(({ clusterId }) => clusterId === pair!.clusterId);
    const { firstRunId } = (await store.reads(LegacyCitizen).findOneBy({ id: gone!.citizenId }))!;
    await uow.run(() => store.update(LegacyCitizen, { id: gone!.citizenId }, { vanishedRunId: firstRunId }));
    await run();
    expect((await members()).some(({ clusterId }) => clusterId === pair!.clusterId)).toBe(false);
    const closed = (await proposals()).find(({ id }) => id === pair!.id)!;
    expect(closed).toMatchObject({ state: 'OUTDATED', openClusterId: null, decidedBy: null, version: 2 });
  });
});
