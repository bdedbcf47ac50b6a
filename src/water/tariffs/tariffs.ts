import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { parseTariff, type TariffData } from '@libs/tariff';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import type { WaterClass } from '../subscriptions/subscription.entity';
import { RatingBook } from './rating-book';
import { IDLE_STATES, WaterTariff, type IdleState } from './tariff.entity';
import type { DraftTariff, ListTariffs } from './tariffs.dto';
import { TARIFFS } from './tariffs.problems';
import { bookOf, readTariff } from './tariffs.rules';

/** Versions of the tariff: DRAFT → APPROVED → RETIRED; a draft that nobody wants is RETIRED too. */
@Injectable()
export class Tariffs {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} water.tariff-faults, tariff-code-taken */
  draft(input: DraftTariff, by: Principal): Promise<WaterTariff> {
    const content = contentOf(input);
    return this.uow.run(async () => {
      const tariff: WaterTariff = {
        id: await this.ids.one(),
        version: 1,
        ...content,
        state: 'DRAFT',
        approval: null,
        draftedBy: by.userId,
        draftedAt: this.clock.now(),
        ...{ approvedBy: null, approvedAt: null, retiredBy: null, retiredAt: null, retirement: null },
      };
      await unlessTaken(() => this.store.insert(WaterTariff, tariff));
      await this.audit.record({ action: 'water.tariff-drafted', detail: { tariffId: tariff.id, code: tariff.code } });
      return tariff;
    });
  }

  /** Who changes a draft has drafted it. @throws {Problem} as {@link draft}; http.not-found, water.tariff-state */
  change(target: Versioned, input: DraftTariff, by: Principal): Promise<WaterTariff> {
    const content = contentOf(input);
    return this.uow.run(async () => {
      const tariff = await this.get(target.id);
      if (tariff.state !== 'DRAFT') throw wrongState(tariff);
      const changes = { ...content, draftedBy: by.userId, draftedAt: this.clock.now() };
      await unlessTaken(() => this.store.updateVersioned(WaterTariff, target, changes));
      await this.audit.record({ action: 'water.tariff-changed', detail: { tariffId: tariff.id, code: content.code } });
      return this.get(target.id);
    });
  }

  /**
   * By another than who drafted it.
   * @throws {Problem} http.not-found; water.tariff-state, tariff-own-work, tariff-overlap with what is approved already
   */
  approve(target: Versioned, by: Principal): Promise<WaterTariff> {
    return this.uow.run(async () => {
      const tariff = await this.get(target.id);
      if (tariff.state !== 'DRAFT') throw wrongState(tariff);
      if (tariff.draftedBy === by.userId) throw new Problem(TARIFFS['water.tariff-own-work']);
      // Others wait here, so that none approves beside what this one does not see yet.
      const approval = await this.ids.reserve('water-tariffs', 1);
      bookOf([...(await this.approved()).map(({ data }) => parseTariff(data)), readTariff(tariff.data)]);
      const changes = { state: 'APPROVED' as const, approval, approvedBy: by.userId, approvedAt: this.clock.now() };
      await this.store.updateVersioned(WaterTariff, target, changes);
      await this.audit.record({ action: 'water.tariff-approved', detail: { tariffId: tariff.id, code: tariff.code } });
      return this.get(target.id);
    });
  }

  /** Nothing is rated by it any more. @throws {Problem} http.not-found; water.tariff-state */
  retire(target: Versioned, retirement: string, by: Principal): Promise<WaterTariff> {
    return this.uow.run(async () => {
      const tariff = await this.get(target.id);
      if (tariff.state === 'RETIRED') throw wrongState(tariff);
      const changes = { state: 'RETIRED' as const, retiredBy: by.userId, retiredAt: this.clock.now(), retirement };
      await this.store.updateVersioned(WaterTariff, target, changes);
      await this.audit.record({ action: 'water.tariff-retired', detail: { tariffId: tariff.id, code: tariff.code } });
      return this.get(target.id);
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<WaterTariff> {
    const tariff = await this.store.reads(WaterTariff).findOneBy({ id });
    if (!tariff) throw new Problem('http.not-found');
    return tariff;
  }

  /** By class, the latest first. */
  async list({ waterClass, state, ...query }: ListTariffs): Promise<Page<WaterTariff>> {
    const [rows, total] = await this.store.reads(WaterTariff).findAndCount({
      where: { ...(waterClass && { waterClass }), ...(state && { state }) },
      order: { waterClass: 'ASC', effectiveFrom: 'DESC', draftedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** What is rated by: all that is approved. */
  async book(): Promise<RatingBook> {
    return new RatingBook(await this.approved());
  }

  /** @throws {Problem} http.invalid for one that is not there; water.tariff-overlap when they contradict one another */
  async bookOf(ids: readonly number[]): Promise<RatingBook> {
    const wanted = [...new Set(ids)];
    const rows = await this.store.reads(WaterTariff).findBy({ id: In(wanted) });
    if (rows.length < wanted.length) {
      throw invalidField('/tariffIds', 'unknown');
    }
    return new RatingBook(rows);
  }

  /** Whatever their state, for what was rated by them. */
  byCode(codes: Iterable<string>): Promise<WaterTariff[]> {
    return this.store.reads(WaterTariff).findBy({ code: In([...codes]) });
  }

  private approved(): Promise<WaterTariff[]> {
    return this.store.reads(WaterTariff).find({ where: { state: 'APPROVED' }, order: { id: 'ASC' } });
  }
}

function contentOf({ titleAr, titleEn, data, idleStates, decisionNumber, decidedOn }: DraftTariff) {
  const { code, class: waterClass, from: effectiveFrom } = readTariff(data);
  const unknown = idleStates.findIndex((state) => !IDLE_STATES.includes(state as IdleState));
  if (unknown >= 0) {
    throw invalidField(`/idleStates/${unknown}`, 'isIn');
  }
  return {
    ...{ code, titleAr, titleEn, effectiveFrom, decisionNumber, decidedOn },
    waterClass: waterClass as WaterClass,
    data: data as unknown as TariffData,
    idleStates: [...new Set(idleStates)] as IdleState[],
  };
}

async function unlessTaken(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isUniqueViolation(error) ? new Problem(TARIFFS['water.tariff-code-taken']) : error;
  }
}

const wrongState = ({ state }: WaterTariff): Problem =>
  new Problem(TARIFFS['water.tariff-state'], { extra: { state } });
