import { Account } from '../../src/billing/accounts/account.entity';
import { signed } from '../../src/billing/gateway/callback-signature';
import { CONFIG, type Config } from '@libs/config';
import { UnitOfWork } from '@libs/persistence';
import type { Answer, TestApp } from './app';
import { seedRecord } from './records';
import { tillDesk } from './till';

export interface Paying {
  id: number;
  link: string;
  oneRecordId: number;
  accountId: number;
  reference: string;
  /** Minor units. */
  amount: number;
  headers: Answer['headers'];
}

interface Seed {
  amount?: string;
  payerName?: string;
  /** Pays its charge by name. */
  chargeIds?: boolean;
}

/** Payers at their links and at the sandbox's page, and the callbacks that it might send. */
export function onlineDesk(app: TestApp) {
  const desk = tillDesk(app);
  const config = app.app.get<Config>(CONFIG);
  let keys = 0;
  let shift: Promise<unknown> | undefined;

  const path = (link: string) => `/${new URL(link).pathname}`;
  const start = (body: object, key = `online-${++keys}`) =>
    desk.post('/gateway-transactions', body, { as: 'clerk', key });
  const open = (link: string) => app.request('POST', path(link));
  const get = (id: number) => app.request('GET', `/gateway-transactions/${id}`, { as: 'clerk' });

  const act = ({ headers: { location } }: Pick<Answer, 'headers'>, name: string, lost = false) =>
    app.request('POST', `/${String(location)}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `act=${name}${lost ? '&lost=true' : ''}`,
    });

  const notice = ({ reference, amount }: Pick<Paying, 'reference' | 'amount'>, said: object) => {
    const paidAt = 'status' in said && said.status === 'SUCCESS' ? app.clock.now() : null;
    return Buffer.from(JSON.stringify({ reference, currency: 'ILS', amount, failureCode: null, paidAt, ...said }));
  };
  const deliver = (body: Buffer, headers: object, gateway = 'sandbox') =>
    app.request('POST', `/gateway/callbacks/${gateway}`, {
      body,
      headers: { 'content-type': 'application/json', ...headers } as Record<string, string>,
    });

  const debtor = async (charges: number[]) => {
    const { id: oneRecordId } = await seedRecord(app, [{}]);
    return { oneRecordId, account: await desk.account({ oneRecordId, charges }) };
  };

  async function started({ amount = '100', payerName, chargeIds }: Seed = {}) {
    const minor = Math.round(Number(amount) * 100);
    const { oneRecordId, account } = await debtor([minor]);
    const line = { accountId: account.id, amount, ...(chargeIds && { chargeIds: account.chargeIds }) };
    const { status, body } = await start({ oneRecordId, lines: [line], ...(payerName && { payerName }) });
    if (status !== 201) throw new Error(`link: ${status} ${JSON.stringify(body)}`);
    return { id: body.id as number, link: body.link as string, oneRecordId, accountId: account.id, amount: minor };
  }

  async function paying(seed: Seed = {}): Promise<Paying> {
    const made = await started(seed);
    const { headers } = await open(made.link);
    return { ...made, headers, reference: (await get(made.id)).body.reference };
  }

  return {
    desk: {
      ...desk,
      /** At the counter, whose shift is opened when it is needed. */
      async pay(...given: Parameters<typeof desk.pay>) {
        await (shift ??= desk.till('ONL').then(({ id }) => desk.shift(id)));
        return desk.pay(...given);
      },
    },
    start,
    started,
    open,
    get,
    act,
    paying,
    notice,
    deliver,
    debtor,
    page: (link: string, accept = 'text/html') => app.request('GET', path(link), { headers: { accept } }),

    /** As the gateway would send it, signed now. */
    callback(paid: Pick<Paying, 'reference' | 'amount'>, said: object) {
      const { body, headers } = signed(config.paymentGatewaySecret, notice(paid, said), app.clock.now());
      return deliver(body, headers);
    },

    async paid(seed: Seed = {}): Promise<Paying> {
      const made = await paying(seed);
      await act(made, 'PAY');
      return made;
    },

    close: (accountId: number) =>
      app.app.get(UnitOfWork).run(() => desk.store.update(Account, { id: accountId }, { state: 'CLOSED' })),
  };
}
