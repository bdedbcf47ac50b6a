import { formatAmount } from '@libs/money';
import { DEMO_PASSWORD } from '../../../src/identity';
import type { Answer, KillableServer } from './server';

/** What a client was told about one of its payments. */
export interface Told {
  /** Of the one who pays, and so of the payment: each is paid by somebody else. */
  name: string;
  serial: string | null;
  minor: number;
  cash: number;
  /** How often somebody was told that it is undone. */
  undone: number;
}

/** Everything the clients were told. */
export class Ledger {
  readonly payments: Told[] = [];
  readonly refusals = new Map<string, number>();
  readonly closedShifts: number[] = [];
  shifts = 0;
  deposits = 0;

  refused({ body }: Answer): void {
    this.refusals.set(body.code, (this.refusals.get(body.code) ?? 0) + 1);
  }
}

export interface Desk {
  username: string;
  tillId: number;
  shiftId: number;
}

/** Somebody at a counter who pays, voids, reverses, counts and deposits at random, one act after the other. */
export class Client {
  private keys = 0;
  private readonly tokens = new Map<string, string>();

  constructor(
    private readonly server: KillableServer,
    private readonly name: string,
    private readonly desk: Desk,
    private readonly accounts: readonly number[],
    private readonly told: Ledger,
    private readonly next: () => number,
  ) {}

  async act(): Promise<void> {
    const dice = this.next();
    if (dice < 0.7) await this.pay();
    else if (dice < 0.82) await this.undo('void');
    else if (dice < 0.94) await this.undo('reverse');
    else if (dice < 0.98) await this.read();
    else await this.nextShift();
  }

  private async pay(): Promise<void> {
    const lines = Array.from({ length: 1 + this.below(3) }, () => ({
      accountId: this.pick(this.accounts),
      minor: 1 + this.below(6000),
    }));
    const minor = lines.reduce((sum, line) => sum + line.minor, 0);
    const cash = this.next() < 0.3 ? this.below(minor) : minor;
    const tenders = [
      { kind: 'CASH', minor: cash },
      { kind: 'CARD', minor: minor - cash },
    ].filter((tender) => tender.minor > 0);
    const told: Told = { name: `${this.name}-${++this.keys}`, serial: null, minor, cash, undone: 0 };
    const answer = await this.post(this.desk.username, '/payments', {
      payerName: told.name,
      lines: lines.map((line) => ({ accountId: line.accountId, amount: formatAmount(line.minor, 'ILS') })),
      tenders: tenders.map(({ kind, minor: part }) => ({ kind, currency: 'ILS', amount: formatAmount(part, 'ILS') })),
      acceptAdvance: this.next() < 0.3,
    });
    if (answer.status === 201) told.serial = answer.body.serial;
    else this.told.refused(answer);
    this.told.payments.push(told);
  }

  private async undo(how: 'void' | 'reverse'): Promise<void> {
    // Mostly of the last ones, so that several try the same.
    const taken = this.told.payments.slice(-100).filter(({ serial }) => serial !== null);
    if (taken.length === 0) return;
    const payment = this.pick(taken);
    const body = { reason: 'خطأ في الإدخال', ...(how === 'reverse' && { payingShiftId: this.desk.shiftId }) };
    const answer = await this.post('supervisor', `/payments/${payment.serial}/${how}`, body);
    if (answer.status === 200) payment.undone++;
    else this.told.refused(answer);
  }

  private async read(): Promise<void> {
    const answer = await this.get(this.desk.username, '/payments?pageSize=5');
    if (answer.status !== 200) this.told.refused(answer);
  }

  private async nextShift(): Promise<void> {
    const { shiftId, tillId, username } = this.desk;
    const counts = [{ currency: 'ILS', pieces: [{ denomination: '10', pieces: this.below(50) }] }];
    const counted = await this.post(username, `/shifts/${shiftId}/count`, { counts });
    if (counted.status !== 200) return this.told.refused(counted);
    const closed = await this.post('supervisor', `/shifts/${shiftId}/close`, {});
    if (closed.status !== 200) return this.told.refused(closed);
    this.told.closedShifts.push(shiftId);
    const opened = await this.post(username, '/shifts', { tillId, floats: [{ currency: 'ILS', amount: '100' }] });
    if (opened.status !== 201) return this.told.refused(opened);
    this.desk.shiftId = opened.body.id;
    this.told.shifts++;
    const shiftIds = this.told.closedShifts.splice(0);
    const deposited = await this.post('supervisor', '/deposits', { shiftIds });
    if (deposited.status === 201) this.told.deposits++;
    else this.told.refused(deposited);
  }

  /** Under a key of its own, which a repetition after a cut keeps. */
  private async post(as: string, path: string, body: unknown): Promise<Answer> {
    return this.send(as, 'POST', path, body, `${this.name}-key-${++this.keys}`);
  }

  private get = (as: string, path: string): Promise<Answer> => this.send(as, 'GET', path);

  private async send(as: string, method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    const token = this.tokens.get(as);
    const answer = token === undefined ? null : await this.server.request(method, path, token, body, key);
    if (answer !== null && answer.status !== 401) return answer;
    this.tokens.set(as, await login(this.server, as));
    return this.send(as, method, path, body, key);
  }

  private below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

export async function login(server: KillableServer, username: string): Promise<string> {
  const { status, body } = await server.request('POST', '/auth/login', null, { username, password: DEMO_PASSWORD });
  if (status !== 200) throw new Error(`login of ${username}: ${status} ${JSON.stringify(body)}`);
  return body.accessToken as string;
}
