import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { serialOf } from '@libs/serial';
import { contentHash } from '../../documents';
import { Audit, Staff } from '../../identity';
import type { ChargeHead } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import type { Debtor } from './debtors';
import type { DunningRun } from './dunning.entity';
import { totalsOf } from './dunning.rules';
import { Warning, WarningCharge, type WarningContent } from './warning.entity';
import { WarningNotices } from './warning-notices';

export const WARNING_KIND = 'WN';

/** Writes the warnings of a run. */
@Injectable()
export class WarningIssue {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly heads: ChargeHeads,
    private readonly staff: Staff,
    private readonly audit: Audit,
    private readonly notices: WarningNotices,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Inside a unit of work that holds the accounts. @returns the ids of the warnings, in the order of the debtors */
  async issue(run: DunningRun, debtors: readonly Debtor[]): Promise<number[]> {
    if (debtors.length === 0) return [];
    const [by, issuedAt, office] = [run.issuedBy!, this.clock.now(), run.office!];
    const issuedBy = (await this.staff.names([by])).get(by) ?? String(by);
    const heads = await this.heads.require(debtors.flatMap(({ charges }) => charges.map(({ head }) => head)));
    const year = Number(localDateOf(issuedAt).slice(0, 4));
    const ids = await this.ids.many(debtors.length);
    // After the reading, because other warnings of this office wait for the sequence from here on.
    const first = await this.ids.reserve(`warnings-${office}-${year}`, debtors.length);
    const warnings = debtors.map((debtor, at): Warning => {
      const { oneRecordId, legacyCitizenId } = debtor.holder;
      const serial = serialOf({ kind: WARNING_KIND, office, year, number: first + at });
      const payDays = this.config.dunningPayDays;
      const content = contentOf(debtor, heads, { serial, issuedAt, issuedBy, payDays });
      return {
        id: ids[at]!,
        ...{ serial, office, year, number: first + at, runId: run.id, state: 'ISSUED', oneRecordId },
        legacyCitizenId: oneRecordId === null ? legacyCitizenId : null,
        ...{ issuedAt, issuedBy: by, content, contentHash: contentHash(content), prints: 0, service: null },
        ...{ deadlineOn: null, objection: null, referral: null, withdrawnBy: null, withdrawnAt: null },
        ...{ withdrawnReason: null, version: 1 },
      };
    });
    await this.store.insert(Warning, warnings);
    const rows = debtors.flatMap(({ charges }, at) => charges.map(({ id, amount }) => [ids[at]!, id, amount, id]));
    const rowIds = await this.ids.many(rows.length);
    await this.store.bulkInsert(
      WarningCharge,
      ['id', 'warningId', 'chargeId', 'amount', 'liveChargeId'],
      rows.map((row, at) => [rowIds[at], ...row]),
    );
    await this.notices.tell(warnings);
    const [from, to] = [warnings[0]!.serial, warnings.at(-1)!.serial];
    await this.audit.record({ action: 'billing.warnings-issued', detail: { runId: run.id, by, from, to } });
    return ids;
  }
}

function contentOf(
  { holder, charges }: Debtor,
  heads: ReadonlyMap<string, ChargeHead>,
  issue: Pick<WarningContent, 'serial' | 'issuedAt' | 'issuedBy' | 'payDays'>,
): WarningContent {
  const { name, oneRecordNumber, homeAddress, address } = holder;
  return {
    ...issue,
    holder: { name, oneRecordNumber, address: homeAddress ?? address },
    debts: charges.map(({ id, accountNumber, serviceType, head, period, dueOn, currency, amount }) => {
      const { nameAr, nameEn } = heads.get(head)!;
      return { chargeId: id, accountNumber, serviceType, head, nameAr, nameEn, period, dueOn, currency, amount };
    }),
    totals: totalsOf(charges).map(({ currency, amount }) => ({ currency, amount })),
  };
}
