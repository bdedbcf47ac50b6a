import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Arrears, type Arrear } from '../../billing';
import { type CutNotice, CutRun, Holiday, Moratorium, type CutExemption } from './cut.entity';
import { covers, meets } from './cut.rules';
import type { CutSubject } from './cut-subjects';

export interface Exempt {
  code: CutExemption;
  detail: string | null;
}

/** PAID and PLAN end a cut for good; the others stand in its way as long as they last. */
export type Hindrance = { code: 'PAID'; detail: null } | Exempt;

/** Why water is not cut. */
@Injectable()
export class Exemptions {
  constructor(
    private readonly store: Store,
    private readonly arrears: Arrears,
  ) {}

  /** @param open whether open notices and orders count: they do for a new list, not for what they lead to */
  async of(subjects: readonly CutSubject[], on: LocalDate, open: boolean): Promise<Map<number, Exempt>> {
    const exempt = new Map<number, Exempt>();
    const mark = (id: number, code: CutExemption, detail: string | null = null) => exempt.set(id, { code, detail });
    const ids = subjects.map(({ id }) => id);
    // What is found later stands before what was found earlier.
    if (open) {
      const notices = await this.store.selectIn<{ id: number | string; serial: string }>(
        (list) =>
          `SELECT "open_subscription_id" AS "id", "serial" FROM "water_cut_notices"
           WHERE "open_subscription_id" IN (${list})`,
        ids,
      );
      for (const { id, serial } of notices) mark(Number(id), 'NOTICE_OPEN', serial);
      for (const id of await this.ordered(ids)) mark(id, 'ORDER_OPEN');
    }
    const moratoriums = await this.store.reads(Moratorium).find({ order: { id: 'ASC' } });
    const billing = await this.arrears.exempt(subjects.map(({ accountId }) => accountId));
    for (const subject of subjects) {
      const moratorium = moratoriums.find((each) => covers(each, subject, on));
      if (moratorium) mark(subject.id, 'MORATORIUM', moratorium.decisionNumber);
      const why = billing.get(subject.accountId);
      if (why) mark(subject.id, why === 'inPlan' ? 'PLAN' : 'OBJECTION');
      if (subject.protection) mark(subject.id, subject.protection);
    }
    return exempt;
  }

  /** What stands in the way of cutting for a notice, by subscription; the rest still owes as much as the notice asked for. */
  async hindrances(
    notices: readonly Pick<CutNotice, 'runId' | 'subscriptionId'>[],
    subjects: ReadonlyMap<number, CutSubject>,
    on: LocalDate,
  ): Promise<Map<number, Hindrance>> {
    const known = notices.map(({ subscriptionId }) => subjects.get(subscriptionId)!);
    const found = new Map<number, Hindrance>(await this.of(known, on, false));
    const runs = await this.store.reads(CutRun).findBy({ id: In([...new Set(notices.map(({ runId }) => runId))]) });
    for (const { id: runId, criteria } of runs) {
      const own = notices
        .filter((notice) => notice.runId === runId)
        .map(({ subscriptionId }) => subjects.get(subscriptionId)!);
      const owed = await this.owed(own, addDays(on, -criteria.daysOverdue));
      for (const { id, accountId } of own) {
        if (!meets(owed.get(accountId), criteria)) found.set(id, { code: 'PAID', detail: null });
      }
    }
    return found;
  }

  /** Subscriptions of these that an order waits at, whatever it is for. */
  async ordered(subscriptionIds: readonly number[]): Promise<Set<number>> {
    const rows = await this.store.selectIn<{ id: number | string }>(
      (list) => `SELECT "open_subscription_id" AS "id" FROM "water_orders" WHERE "open_subscription_id" IN (${list})`,
      subscriptionIds,
    );
    return new Set(rows.map(({ id }) => Number(id)));
  }

  owed(subjects: readonly CutSubject[], dueBy: LocalDate): Promise<Map<number, Arrear>> {
    return this.arrears.of([...new Set(subjects.map(({ accountId }) => accountId))], dueBy);
  }

  /** Of the two days that matter for a cut. */
  async holidays(on: LocalDate): Promise<Set<LocalDate>> {
    const rows = await this.store.reads(Holiday).findBy({ day: In([on, addDays(on, 1)]) });
    return new Set(rows.map(({ day }) => day));
  }
}
