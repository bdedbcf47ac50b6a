import { SchedulerRegistry } from '@nestjs/schedule';
import { Store } from '@libs/persistence';
import { CitizenSearch } from '../../src/citizens';
import { LegacyMirror } from '../../src/legacy';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows, nationalId } from '../support/one-records';
import { STRANGERS } from '../support/strangers';

const NAME = 'مأمون رباح صالح الدويكات';
const ID = nationalId(8100);

describe('the index of names while it is built again', () => {
  let app: TestApp;
  let row: number;
  beforeAll(async () => {
    app = await startTestApp({ NAME_SETTLING_CRON: '15 1 * * *', ROLE: 'all' });
    [row] = (await addLegacyRows(app, [{ name: NAME, docType: 'هوية', docNo: ID }])) as [number];
  });
  afterAll(() => app.close());

  const search = async (text: string) => {
    const { status, body } = await app.request('POST', '/citizens/search', {
      as: 'clerk',
      body: { text, purpose: 'LINKING' },
    });
    return body.items?.map(({ citizenId }: { citizenId: number }) => citizenId) ?? [status, body.code];
  };
  /** As when the process ends after the first unit. */
  const cutOff = async () => {
    const store = app.app.get(Store);
    const insert = jest.spyOn(store, 'bulkInsert').mockRejectedValue(new Error('cut off'));
    await expect(app.app.get(CitizenSearch, { strict: false }).rebuild()).rejects.toThrow('cut off');
    insert.mockRestore();
  };

  it('answers numbers and refuses names, until a rebuild has ended', async () => {
    await cutOff();
    expect(await search(NAME)).toEqual([503, 'citizens.names-rebuilding']);
    expect(await search(`${NAME} ${ID}`)).toEqual([503, 'citizens.names-rebuilding']);
    expect(await search(ID)).toEqual([row]);
    const related = await app.request('GET', `/citizens/rows/${row}/related`, { as: 'clerk' });
    expect([related.status, related.body.code]).toEqual([503, 'citizens.names-rebuilding']);
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
    expect(await search(NAME)).toEqual([row]);
  });

  it('weighs no name by what a number met before it was settled', async () => {
    await addLegacyRows(app, STRANGERS);
    const mirror = app.app.get(LegacyMirror, { strict: false });
    const after = mirror.labelsAfter.bind(mirror);
    const pages = jest.spyOn(mirror, 'labelsAfter').mockImplementation(async (last, count) => {
      if (last > 0) expect(await search(ID)).toEqual([row]);
      return after(last, count);
    });
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
    pages.mockRestore();
    expect(await search('محمد احمد النجار')).toHaveLength(1);
  });

  it('is mended at night where that was cut off', async () => {
    await cutOff();
    const job = app.app.get(SchedulerRegistry).getCronJob('settle-names');
    await job.fireOnTick();
    expect(await search(NAME)).toEqual([row]);
  });
});
