import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { invalidField } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Between } from 'typeorm';
import { SharePartners } from './partners';
import { ShareRemittance, ShareSettlement, type SharePartner } from './share.entity';
import type { ShareLine } from './share.rules';
import { ShareSettlements } from './settlements';

export interface PartnerEntry {
  on: LocalDate;
  kind: string;
  /** Month of a settlement, reference of a remittance. */
  document: string | null;
  description: string;
  /** Minor units: what becomes the partner's is above zero, what is paid to them below. */
  amount: number;
  /** Due after this entry. */
  balance: number;
}

export interface PartnerAccount {
  currency: string;
  opening: number;
  entries: PartnerEntry[];
  closing: number;
}

export interface PartnerStatement {
  partner: SharePartner;
  from: LocalDate;
  to: LocalDate;
  /** One a currency that has entries or a balance. */
  accounts: PartnerAccount[];
  /** What the settlements of these days that stand were made of; `settled` is their month. */
  lines: (ShareLine & { settled: string })[];
}

interface Row {
  currency: string;
  amount: number | string;
  on: string;
  kind: string;
  description: string;
  type: string | null;
  document: string | null;
}

/** What is due to a partner, what became theirs and what they were paid, from the ledger. */
@Injectable()
export class PartnerStatements {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly partners: SharePartners,
    private readonly settlements: ShareSettlements,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Days inclusive; default from the first day of the year to today. @throws {Problem} http.not-found, http.invalid */
  of(partnerId: number, asked: { from?: LocalDate; to?: LocalDate }): Promise<PartnerStatement> {
    const to = asked.to ?? localDateOf(this.clock.now());
    const from = asked.from ?? `${to.slice(0, 4)}-01-01`;
    if (from > to) throw invalidField('/to', 'notBeforeFrom');
    return this.uow.run(async () => {
      const partner = await this.partners.get(partnerId);
      const rows = await this.store.sql<Row>(
        `SELECT e."currency", e."amount", e."posted_on" AS "on", p."kind", p."description", p."document_type" AS "type",
           p."document_id" AS "document"
         FROM "ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
         WHERE e."ledger" = 'THIRD_PARTY' AND e."dimension" = ? AND e."posted_on" <= ?
         ORDER BY e."currency", e."posted_on", p."posted_at", e."id"`,
        [partner.code, to],
      );
      const names = await this.documents(partnerId);
      return {
        partner,
        from,
        to,
        accounts: accountsOf(rows, from, names),
        lines: await this.lines(partnerId, from, to),
      };
    });
  }

  /** By type and id of the posting's document. */
  private async documents(partnerId: number): Promise<Map<string, string>> {
    const settled = await this.store.reads(ShareSettlement).findBy({ partnerId });
    const paid = await this.store.reads(ShareRemittance).findBy({ partnerId });
    return new Map([
      ...settled.map(({ id, period }) => [`share-settlement ${id}`, period] as const),
      ...paid.map(({ id, reference }) => [`share-remittance ${id}`, reference] as const),
    ]);
  }

  private async lines(partnerId: number, from: LocalDate, to: LocalDate): Promise<PartnerStatement['lines']> {
    const settled = await this.store
      .reads(ShareSettlement)
      .find({ where: { standingPartnerId: partnerId, postedOn: Between(from, to) }, order: { period: 'ASC' } });
    const lines = await this.settlements.linesOf(settled.map(({ id }) => id));
    return settled.flatMap(({ id, period }) => lines.get(id)!.map((line) => ({ ...line, settled: period })));
  }
}

function accountsOf(rows: readonly Row[], from: LocalDate, names: ReadonlyMap<string, string>): PartnerAccount[] {
  const accounts = new Map<string, PartnerAccount>();
  for (const { currency, amount: debit, on, kind, description, type, document } of rows) {
    const account = accounts.get(currency) ?? { currency, opening: 0, entries: [], closing: 0 };
    accounts.set(currency, account);
    const amount = -Number(debit);
    account.closing += amount;
    if (on < from) account.opening += amount;
    else {
      const named = names.get(`${type} ${document}`) ?? null;
      account.entries.push({ on, kind, document: named, description, amount, balance: account.closing });
    }
  }
  return [...accounts.values()].filter(({ opening, entries }) => opening !== 0 || entries.length > 0);
}
