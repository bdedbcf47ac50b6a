import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../identity';
import { BankAccount, BankLine, BankProposal } from './bank.entity';
import { BankAccounts } from './bank-accounts';
import { BankLines, OPEN_LINES } from './bank-lines';
import { BANK } from './bank.problems';
import { ExpectedMoney } from './expected';
import { LineResolutions } from './line-resolutions';
import { proposalsFor, sureOf, type OpenLine, type Wanted } from './matching.rules';
import { NamedPayers } from './named-payers';

type Known = { id: number | string; line_id: number | string } & Pick<BankProposal, 'target' | 'state'>;

interface Found {
  /** Proposals there are for the lines that are open. */
  known: Known[];
  wanted: Wanted[];
}

/** Finds what the lines of an account are; decides what is sure, and proposes the rest. */
@Injectable()
export class Matcher {
  private readonly logger = new Logger(Matcher.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly accounts: BankAccounts,
    private readonly lines: BankLines,
    private readonly expected: ExpectedMoney,
    private readonly payers: NamedPayers,
    private readonly resolutions: LineResolutions,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whatever is cut off is done by the next run: each line is resolved in a unit of its own. */
  async run(bankAccountId: number): Promise<void> {
    const wanted = await this.uow.run(async () => {
      await this.store.hold(BankAccount, [bankAccountId]);
      const found = await this.find(await this.accounts.get(bankAccountId));
      await this.keep(found);
      return found.wanted;
    });
    for (const { lineId, target } of sureOf(wanted, this.config.bankMatchAutomatic)) {
      try {
        await this.decide(lineId, { target }, null);
      } catch (error) {
        // An account that is closed, money that somebody was faster to take: a person looks at it.
        if (!(error instanceof Problem)) throw error;
        this.logger.warn(`bank line ${lineId} not matched with ${target}: ${error.code}`);
      }
    }
  }

  /**
   * Resolves the line by a proposal. Twice does it once.
   * @throws {Problem} http.not-found; billing.proposal-closed, not-expected, line-settled, exceeds-line; as Books.post
   */
  accept(lineId: number, proposalId: number, caller: Principal): Promise<BankLine> {
    return this.decide(lineId, { id: proposalId }, caller);
  }

  /** It is not proposed again. @throws {Problem} http.not-found; billing.proposal-closed when it was accepted */
  refuse(lineId: number, proposalId: number, { userId }: Principal): Promise<BankLine> {
    return this.uow.run(async () => {
      // A run that has read the proposal as open would open it again.
      await this.resolutions.holdExpected(lineId);
      const { state, target } = await this.proposal(lineId, { id: proposalId });
      if (state === 'REFUSED') return this.lines.get(lineId);
      const changes = { state: 'REFUSED' as const, decidedBy: userId, decidedAt: this.clock.now() };
      const where = { id: proposalId, state: In(['OPEN', 'LAPSED']) };
      if ((await this.store.update(BankProposal, where, changes)) !== 1) {
        throw new Problem(BANK['billing.proposal-closed']);
      }
      await this.audit.record({ action: 'billing.bank-proposal-refused', detail: { lineId, target } });
      return this.lines.get(lineId);
    });
  }

  proposals(lineId: number): Promise<BankProposal[]> {
    return this.store.reads(BankProposal).find({ where: { lineId }, order: { id: 'ASC' } });
  }

  private decide(lineId: number, which: { id: number } | { target: string }, caller: Principal | null) {
    return this.uow.run(async () => {
      await this.resolutions.holdExpected(lineId);
      await this.store.hold(BankLine, [lineId]);
      const line = await this.lines.get(lineId);
      const { id, state, target } = await this.proposal(lineId, which);
      const settled = (await this.lines.open([lineId])).get(lineId) === 0;
      if (state === 'ACCEPTED' && settled) return line;
      if (state !== 'OPEN') throw new Problem(BANK['billing.proposal-closed']);
      await this.resolutions.toTarget(line, target, caller);
      const decided = { decidedBy: caller?.userId ?? null, decidedAt: this.clock.now() };
      await this.store.update(BankProposal, { id }, { state: 'ACCEPTED', ...decided });
      await this.audit.record({
        action: 'billing.bank-line-matched',
        detail: { lineId, target, automatic: caller === null },
      });
      return line;
    });
  }

  private async find(account: BankAccount): Promise<Found> {
    const lines = await this.untouched(account.id);
    const known = await this.store.selectIn<Known>(
      (list) => `SELECT "id", "line_id", "target", "state" FROM "bank_proposals" WHERE "line_id" IN (${list})`,
      lines.map(({ id }) => id),
    );
    const decided = new Map<number, Set<string>>();
    for (const { line_id, target, state } of known) {
      if (state !== 'ACCEPTED' && state !== 'REFUSED') continue;
      decided.set(Number(line_id), (decided.get(Number(line_id)) ?? new Set()).add(target));
    }
    const [expected, payers] = [await this.expected.of(account), await this.payers.find(lines)];
    return { known, wanted: proposalsFor(lines, expected, payers, decided, this.config.bankMatchDays) };
  }

  /** Lines of which nothing is resolved, the oldest first. */
  private async untouched(bankAccountId: number): Promise<OpenLine[]> {
    const rows = await this.store.sql<OpenLine & { bookedOn: string }>(
      `SELECT l."id", l."booked_on" AS "bookedOn", l."amount", l."currency", l."references", l."description", l."counterparty"
       FROM "bank_lines" l JOIN ${OPEN_LINES} ON o."dimension" = l."dimension" AND o."sum" = -l."amount"
       WHERE l."bank_account_id" = ?
       ORDER BY l."booked_on", l."id"`,
      [bankAccountId],
    );
    return rows.map((row) => ({ ...row, id: Number(row.id), amount: Number(row.amount) }));
  }

  private async keep({ known, wanted }: Found): Promise<void> {
    const key = (lineId: number | string, target: string) => `${lineId} ${target}`;
    const before = new Map(known.map((each) => [key(each.line_id, each.target), Number(each.id)]));
    const now = new Set(wanted.map(({ lineId, target }) => key(lineId, target)));
    const gone = known.filter(({ state, line_id, target }) => state === 'OPEN' && !now.has(key(line_id, target)));
    await this.store.bulkUpdate(
      BankProposal,
      ['state'],
      gone.map(({ id }) => ({ id: Number(id), values: ['LAPSED'] })),
    );
    const [again, fresh] = [
      wanted.filter(({ lineId, target }) => before.has(key(lineId, target))),
      wanted.filter(({ lineId, target }) => !before.has(key(lineId, target))),
    ];
    await this.store.bulkUpdate(
      BankProposal,
      ['state', 'match', 'label'],
      again.map(({ lineId, target, match, label }) => ({
        id: before.get(key(lineId, target))!,
        values: ['OPEN', match, label],
      })),
    );
    const ids = await this.ids.many(fresh.length);
    const proposedAt = this.clock.now();
    await this.store.bulkInsert(
      BankProposal,
      ['id', 'lineId', 'target', 'match', 'state', 'label', 'proposedAt'],
      fresh.map(({ lineId, target, match, label }, at) => [ids[at], lineId, target, match, 'OPEN', label, proposedAt]),
    );
  }

  /** @throws {Problem} http.not-found */
  private async proposal(lineId: number, which: { id: number } | { target: string }): Promise<BankProposal> {
    const proposal = await this.store.reads(BankProposal).findOneBy({ lineId, ...which });
    if (!proposal) throw new Problem('http.not-found');
    return proposal;
  }
}
