import { Store } from '@libs/persistence';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import type { TestApp } from './app';
import { seedRecord } from './records';

let phones = 0;

/** Public notices as the department makes them; each act sends the version that the notice has. */
export function noticeDesk(app: TestApp) {
  const store = app.app.get(Store);
  const get = async (id: number) => (await app.request('GET', `/public-notices/${id}`, { as: 'officer' })).body;
  const act = async (id: number, verb: string, as: string, body: object = {}, version?: number) =>
    app.request('POST', `/public-notices/${id}/${verb}`, {
      as,
      body,
      headers: { 'if-match': `"${version ?? (await get(id)).version}"` },
    });

  return {
    store,
    get,
    act,

    /** A record with a mobile of its own. */
    async person(changes: object = {}) {
      const phone = `+97059${String(8_000_000 + ++phones)}`;
      const { id } = await seedRecord(app, [{}], { phoneE164: phone, ...changes });
      return { id, phone };
    },

    draft: (body: object = {}, as = 'officer') =>
      app.request('POST', '/public-notices', {
        as,
        body: {
          titleAr: 'تعقيم الشبكة',
          textAr: 'يبدأ تعقيم شبكة المياه يوم الأحد',
          channels: ['SMS'],
          audience: { source: 'citizens.all', parameters: {} },
          ...body,
        },
      }),
    listed: (...oneRecordIds: number[]) => ({ audience: { source: 'citizens.listed', parameters: { oneRecordIds } } }),

    async count(id: number) {
      await app.request('POST', `/public-notices/${id}/count`, { as: 'officer' });
      await app.drain();
      return (await get(id)).counted;
    },

    /** Counted, submitted by its author. @returns its id */
    async submitted(body: object = {}): Promise<number> {
      const answer = await this.draft(body);
      if (answer.status !== 201) throw new Error(`draft: ${answer.status} ${JSON.stringify(answer.body)}`);
      await this.count(answer.body.id);
      await act(answer.body.id, 'submit', 'officer');
      return answer.body.id;
    },

    approve: (id: number, body: object = {}, as = 'officer2') => act(id, 'approve', as, body),

    /** What the sandbox was given for these, by phone. */
    async got(...recipients: string[]): Promise<string[]> {
      const texts: string[] = [];
      for (const recipient of recipients) {
        const rows = await store.reads(SandboxMessage).find({ where: { recipient }, order: { id: 'ASC' } });
        texts.push(...rows.map(({ body }) => body));
      }
      return texts;
    },

    async report(id: number): Promise<Record<string, number>> {
      const { body } = await app.request('GET', `/public-notices/${id}/report`, { as: 'auditor' });
      return Object.fromEntries(
        body.states.map(({ channel, state, messages }: any) => [`${channel} ${state}`, messages]),
      );
    },
  };
}
