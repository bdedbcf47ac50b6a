import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Accounts, Fees } from '../../billing';
import { Audit } from '../../identity';
import { Subscription } from '../subscriptions/subscription.entity';
import { BackCharge, type RatedBack, type Taken } from './back-charge';
import { IllegalConnection, type IllegalState } from './illegal-connection.entity';
import type { ListIllegal, ProposeIllegal } from './illegal-connections.dto';
import { ILLEGAL } from './illegal-connections.problems';

const FINE = 'WATER_FINE';

/** Cases of water taken past the meter: PROPOSED → POSTED | REJECTED, POSTED → REVERSED. */
@Injectable()
export class IllegalConnections {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly accounts: Accounts,
    private readonly fees: Fees,
    private readonly backCharge: BackCharge,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What it would come to. @throws {Problem} http.invalid; water.no-tariff */
  async preview(input: ProposeIllegal): Promise<RatedBack> {
    return this.backCharge.of((await this.taken(input)).taken);
  }

  /** @throws {Problem} as {@link preview}; water.report-known */
  propose(input: ProposeIllegal, by: Principal): Promise<IllegalConnection> {
    const { kind, foundOn, reportNumber, evidence, fromOn, toOn, cubicMetres, basis, fine } = input;
    return this.uow.run(async () => {
      if (await this.store.reads(IllegalConnection).existsBy({ reportNumber }))
        throw new Problem(ILLEGAL['water.report-known']);
      const { taken, subscriptionId, accountId } = await this.taken(input);
      const { months, lines, total } = await this.backCharge.of(taken);
      const found: IllegalConnection = {
        ...{ id: await this.ids.one(), version: 1, state: 'PROPOSED', kind, subscriptionId, accountId, foundOn },
        ...{ reportNumber, evidence, fromOn, toOn, cubicMetres, billedCubicMetres: taken.billedCubicMetres, basis },
        ...{ months, lines, backCharge: total, fine, proposedBy: by.userId, proposedAt: this.clock.now() },
        ...{ decisionNumber: null, decidedBy: null, decidedAt: null, chargeIds: [], endReason: null },
        ...{ reversedBy: null, reversedAt: null },
      };
      await this.store.insert(IllegalConnection, found);
      await this.record('proposed', found);
      return found;
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<IllegalConnection> {
    const found = await this.store.reads(IllegalConnection).findOneBy({ id });
    if (!found) throw new Problem('http.not-found');
    return found;
  }

  /** Newest first. */
  async list({ state, subscriptionId, accountId, ...query }: ListIllegal): Promise<Page<IllegalConnection>> {
    const where = {
      ...(state && { state }),
      ...(subscriptionId && { subscriptionId }),
      ...(accountId && { accountId }),
    };
    const page = { skip: skipped(query), take: query.pageSize };
    const [rows, total] = await this.store
      .reads(IllegalConnection)
      .findAndCount({ where, order: { proposedAt: 'DESC', id: 'DESC' }, ...page });
    return pageOf(query, rows, total);
  }

  /**
   * Charges back-charge and fine, due today, by somebody else than the proposer.
   * @throws {Problem} http.not-found; water.illegal-state, illegal-own-case; as Books.post @throws {StaleVersionError}
   */
  approve(target: Versioned, decisionNumber: string, by: Principal): Promise<IllegalConnection> {
    return this.uow.run(async () => {
      const found = await this.current(target, 'PROPOSED');
      if (found.proposedBy === by.userId) throw new Problem(ILLEGAL['water.illegal-own-case']);
      const decided = { decisionNumber, decidedBy: by.userId, decidedAt: this.clock.now() };
      const version = await this.store.updateVersioned(IllegalConnection, target, { state: 'POSTED', ...decided });
      const { id, accountId, reportNumber, fromOn, toOn, fine } = found;
      const detail = `${reportNumber}: ${fromOn} – ${toOn}`;
      const lines = [...found.lines.map((line) => ({ ...line, detail })), ...(fine > 0 ? [{ head: FINE, amount: fine, detail }] : [])]; // prettier-ignore
      const document = { type: 'water-illegal', id };
      const charges = { accountId, lines, description: `اعتداء على شبكة المياه ${reportNumber}` };
      const chargeIds = lines.length === 0 ? [] : await this.fees.charge({ ...charges, document, by: by.userId });
      await this.store.updateVersioned(IllegalConnection, { id, version }, { chargeIds });
      await this.record('posted', found);
      return this.get(id);
    });
  }

  /** @throws as {@link approve} */
  reject(target: Versioned, endReason: string, by: Principal): Promise<IllegalConnection> {
    return this.uow.run(async () => {
      const found = await this.current(target, 'PROPOSED');
      const decided = { decidedBy: by.userId, decidedAt: this.clock.now(), endReason };
      await this.store.updateVersioned(IllegalConnection, target, { state: 'REJECTED', ...decided });
      await this.record('rejected', found);
      return this.get(found.id);
    });
  }

  /** What was charged is taken back; what paid it becomes an advance. @throws as {@link approve} */
  reverse(target: Versioned, endReason: string, by: Principal): Promise<IllegalConnection> {
    return this.uow.run(async () => {
      const found = await this.current(target, 'POSTED');
      const reversed = { reversedBy: by.userId, reversedAt: this.clock.now(), endReason };
      await this.store.updateVersioned(IllegalConnection, target, { state: 'REVERSED', ...reversed });
      const document = { type: 'water-illegal', id: found.id };
      if (found.chargeIds.length > 0)
        await this.fees.takeBack(found.chargeIds, { reason: endReason, document, by: by.userId });
      await this.record('reversed', found);
      return this.get(found.id);
    });
  }

  /** Of a subscription, or of an account and what the place is like. */
  private async taken(
    input: ProposeIllegal,
  ): Promise<{ taken: Taken; subscriptionId: number | null; accountId: number }> {
    const { subscriptionId, accountId, fromOn, toOn, foundOn, cubicMetres, billedCubicMetres = null } = input;
    const { waterClass, sizeMm, units = 1, sewer = false } = input;
    const today = localDateOf(this.clock.now());
    const known = subscriptionId ? await this.store.reads(Subscription).findOneBy({ id: subscriptionId }) : null;
    const wrong = [
      ...(fromOn > toOn || toOn > foundOn ? ['/toOn'] : []),
      ...(foundOn > today ? ['/foundOn'] : []),
      ...((billedCubicMetres ?? 0) > cubicMetres ? ['/billedCubicMetres'] : []),
      ...(subscriptionId !== undefined && !known ? ['/subscriptionId'] : []),
      ...((subscriptionId === undefined) === (accountId === undefined) ? ['/accountId'] : []),
      ...(!known && (waterClass === undefined || sizeMm === undefined) ? ['/waterClass'] : []),
    ];
    if (wrong.length > 0)
      throw new Problem('http.invalid', { errors: wrong.map((pointer) => ({ pointer, code: 'value' })) });
    const account = await this.accounts.get(known?.accountId ?? accountId!);
    if (account.currency !== 'ILS') throw invalidField('/accountId', 'currency');
    const place = known ?? { waterClass: waterClass!, sizeMm: sizeMm!, units, sewer };
    const taken = { place, fromOn, toOn, cubicMetres, billedCubicMetres };
    return { taken, subscriptionId: known?.id ?? null, accountId: account.id };
  }

  private async current(target: Versioned, wanted: IllegalState): Promise<IllegalConnection> {
    const found = await this.get(target.id);
    if (found.version !== target.version) throw new StaleVersionError(IllegalConnection.name, target.id);
    if (found.state !== wanted) throw new Problem(ILLEGAL['water.illegal-state'], { extra: { state: found.state } });
    return found;
  }

  private record(what: string, { id, reportNumber, backCharge, fine }: IllegalConnection): Promise<void> {
    const detail = { id, reportNumber, backCharge: String(backCharge), fine: String(fine) };
    return this.audit.record({ action: `water.illegal-connection-${what}`, detail });
  }
}
