import { Injectable } from '@nestjs/common';
import { Holders, type HeldBy } from '../bill-runs/holders';
import type { DunningCriteria, LeftOut } from './dunning.entity';
import { worthWarning } from './dunning.rules';
import { Overdue, type OverdueCharge } from './overdue';

/** A party and what it is to be warned of. */
export interface Debtor {
  holder: HeldBy;
  charges: OverdueCharge[];
}

/** Accounts a question. */
const BATCH = 1000;

/** The same for all accounts of one party. */
const partyKey = ({ oneRecordId, legacyCitizenId }: Pick<HeldBy, 'oneRecordId' | 'legacyCitizenId'>): string =>
  oneRecordId !== null ? `record ${oneRecordId}` : `citizen ${legacyCitizenId}`;

/** Who owes what is overdue, party by party. */
@Injectable()
export class Debtors {
  constructor(
    private readonly overdue: Overdue,
    private readonly holders: Holders,
  ) {}

  /** Whom the criteria mean, by party in the order of their accounts, and how many accounts and parties do not count. */
  async find(criteria: DunningCriteria, dueBy: string): Promise<{ debtors: Map<string, Debtor>; leftOut: LeftOut }> {
    const debtors = new Map<string, Debtor>();
    const leftOut: LeftOut = { inPlan: 0, objected: 0, warned: 0, withoutHolder: 0, belowLeast: 0 };
    for await (const accountIds of this.batches(criteria, dueBy)) {
      const exempt = await this.overdue.exempt(accountIds);
      for (const { holder, charges } of await this.owing(accountIds, criteria, dueBy)) {
        const free = charges.filter(({ warned }) => !warned);
        const held = holder.oneRecordId !== null || holder.legacyCitizenId !== null;
        const why = exempt.get(charges[0]!.accountId) ?? (free.length === 0 ? 'warned' : held ? null : 'withoutHolder');
        const known = debtors.get(partyKey(holder));
        if (why) leftOut[why]++;
        else if (known) known.charges.push(...free);
        else debtors.set(partyKey(holder), { holder, charges: free });
      }
    }
    for (const [key, debtor] of debtors) {
      const charges = worthWarning(debtor.charges, criteria.least);
      if (charges.length > 0) debtors.set(key, { ...debtor, charges });
      else {
        debtors.delete(key);
        leftOut.belowLeast++;
      }
    }
    return { debtors, leftOut };
  }

  private async *batches({ accountIds }: DunningCriteria, dueBy: string): AsyncGenerator<number[]> {
    if (accountIds) {
      for (let start = 0; start < accountIds.length; start += BATCH) yield accountIds.slice(start, start + BATCH);
      return;
    }
    for (let after = 0; ;) {
      const page = await this.overdue.accountsAfter(after, dueBy, BATCH);
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)!;
    }
  }

  /** By account. */
  private async owing(
    accountIds: readonly number[],
    { serviceTypes }: DunningCriteria,
    dueBy: string,
  ): Promise<Debtor[]> {
    const byAccount = new Map<number, OverdueCharge[]>();
    for (const charge of await this.overdue.charges(accountIds, dueBy)) {
      if (serviceTypes.length > 0 && !serviceTypes.includes(charge.serviceType)) continue;
      const list = byAccount.get(charge.accountId);
      if (list) list.push(charge);
      else byAccount.set(charge.accountId, [charge]);
    }
    const holders = await this.holders.of([...byAccount.keys()]);
    return [...byAccount].map(([accountId, charges]) => ({ holder: holders.get(accountId)!, charges }));
  }
}
