import { OutboxMessage, OutboxPurge, ProcessedMessage } from '@libs/outbox';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk } from '../support/notify';

let app: TestApp;
beforeAll(async () => (app = await startTestApp()));
afterAll(() => app.close());

describe('the outbox at night', () => {
  it('forgets what was done long ago, and nothing that waits or is dead', async () => {
    const desk = notifyDesk(app);
    const rows = (state: OutboxMessage['state']) => desk.store.reads(OutboxMessage).countBy({ state });
    const purge = app.app.get(OutboxPurge, { strict: false });
    await desk.send({ to: { phone: '0599190001' } });
    for (let hours = 0; hours < 9; hours++) {
      await app.drain();
      app.clock.advance({ minutes: 30 });
    }
    await desk.send();
    await app.drain();
    const [done] = await desk.store.reads(OutboxMessage).find({ where: { state: 'DONE' }, take: 1 });
    const mark = { id: 900_000_001, handler: 'test', messageId: done!.id, processedAt: app.clock.now() };
    await desk.uow.run(() => desk.store.insert(ProcessedMessage, mark));
    app.clock.set('2026-11-24T20:00:00.000Z');
    await desk.send({ dedupeKey: 'held', to: { phone: '0599000002' } });
    const [before, dead, waiting] = [await rows('DONE'), await rows('DEAD'), await rows('PENDING')];
    expect([before > 0, dead, waiting]).toEqual([true, 1, 1]);
    app.clock.advance({ days: 29 });
    expect(await purge.run()).toBe(0);
    app.clock.advance({ days: 2 });
    expect(await purge.run()).toBe(before);
    expect([await rows('DONE'), await rows('DEAD'), await rows('PENDING')]).toEqual([0, dead, waiting]);
    expect(await desk.store.reads(ProcessedMessage).countBy({ messageId: done!.id })).toBe(0);
  });
});
