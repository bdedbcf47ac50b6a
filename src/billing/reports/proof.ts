import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { WALKS, type Walk } from './proof.checks';
import { LedgerProof, type ProofCheck, type ProofFinding, type ProofTrigger } from './proof.entity';

const EXAMPLES = 100;

type Findings = Map<ProofCheck, ProofFinding>;

/** Proves that the books hold: every rule by sums that the database makes, over the whole ledger, in small questions. */
@Injectable()
export class Proofs {
  private readonly logger = new Logger(Proofs.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Reads while others post; keeps what it found, and audits it. */
  async run(startedVia: ProofTrigger): Promise<LedgerProof> {
    const startedAt = this.clock.now();
    const findings: Findings = new Map();
    const walked = new Map<string, number>();
    for (const walk of WALKS) walked.set(walk.table, await this.walk(walk, findings));
    const proof: Omit<LedgerProof, 'id'> = {
      state: findings.size === 0 ? 'HOLDS' : 'BROKEN',
      startedVia,
      startedAt,
      finishedAt: this.clock.now(),
      postings: walked.get('ledger_postings')!,
      accounts: walked.get('billing_accounts')!,
      findings: [...findings.values()],
    };
    const broken = proof.findings.map(({ check, count }) => `${check} ${count}`);
    if (broken.length > 0) this.logger.error(`the books do not hold: ${broken.join(', ')}`);
    return this.uow.run(async () => {
      const kept = { id: await this.ids.one(), ...proof };
      await this.store.insert(LedgerProof, kept);
      const detail = { proofId: kept.id, state: kept.state, startedVia, broken };
      await this.audit.record({ action: 'billing.ledger-proved', detail });
      return kept;
    });
  }

  /** Newest first. */
  async list(query: PageQuery): Promise<Page<LedgerProof>> {
    const [rows, total] = await this.store
      .reads(LedgerProof)
      .findAndCount({ order: { startedAt: 'DESC', id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows, total);
  }

  /** @returns the rows walked over */
  private async walk({ table, step, checks }: Walk, findings: Findings): Promise<number> {
    let walked = 0;
    for (let after = 0; ;) {
      const { last, count } = await this.stepAfter(table, after, step);
      if (count === 0) return walked;
      for (const { check, sql, ranges } of checks) {
        const range = Array.from({ length: ranges }, () => [after, last]).flat();
        const wrong = await this.store.sql<{ id: number | string; difference: number | string | null }>(sql, range);
        if (wrong.length > 0) note(findings, check, wrong);
      }
      walked += count;
      after = last;
      // The embedded database answers within this turn of the event loop: let requests have one too.
      await setImmediate();
    }
  }

  private async stepAfter(table: string, after: number, step: number): Promise<{ last: number; count: number }> {
    const ids = this.store.page(`SELECT "id" FROM "${table}" WHERE "id" > ?`, '"id"', 0, step);
    const sql = `SELECT MAX("id") AS "last", COUNT(*) AS "count" FROM (${ids}) ids`;
    const [row] = await this.store.sql<{ last: number | string | null; count: number | string }>(sql, [after]);
    return { last: Number(row!.last), count: Number(row!.count) };
  }
}

function note(
  findings: Findings,
  check: ProofCheck,
  wrong: readonly { id: number | string; difference: number | string | null }[],
): void {
  const finding = findings.get(check) ?? { check, count: 0, examples: [] };
  findings.set(check, finding);
  finding.count += wrong.length;
  for (const { id, difference } of wrong.slice(0, EXAMPLES - finding.examples.length)) {
    finding.examples.push({ id: Number(id), difference: difference === null ? null : String(difference) });
  }
}
