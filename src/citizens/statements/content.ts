/** What a statement of balances says: built once, stored, and printed from there. */
import { CURRENCIES } from '@libs/money';
import { maskId } from '@libs/national-id';
import type { DocumentType, NameParts, OneRecord, PartyType } from '../one-records/one-record.entity';
import type { Relation } from '../one-records/link.entity';

export interface StatedAccount {
  serviceNumber: string;
  type: string;
  address: string;
  status: string;
  relation: Relation;
  /** Hundredths of a percent. */
  shareHundredths: number | null;
  currency: string;
  /** Minor units; positive is owed by the citizen, negative is owed to them. */
  balance: number;
}

/** One currency's sum; currencies are never added together. */
export interface StatedTotal {
  currency: string;
  balance: number;
}

export interface StatedAccounts {
  accounts: StatedAccount[];
  totals: StatedTotal[];
}

export interface StatementContent {
  serial: string;
  issuedAt: string;
  asOf: string;
  purpose: string | null;
  issuedBy: string;
  holder: {
    oneRecordNumber: string;
    partyType: PartyType;
    approvedName: string;
    approvedLatinName: string | null;
    nameParts: NameParts;
    documentType: DocumentType | null;
    maskedDocument: string | null;
  };
  /** Of the rows that are the person. */
  own: StatedAccounts;
  /** Of rows the person stands in beside others (co-owner, partner, heir, representative, tenant): never in `own`. */
  related: StatedAccounts;
}

interface LinkedRow {
  legacyCitizenId: number;
  relation: Relation;
  shareHundredths: number | null;
}

interface Service {
  id: number;
  srvNo: string;
  citizenId: number;
  rawType: string;
  rawAddress: string;
  rawStatus: string;
  startedOn: string;
  vanishedRunId: number | null;
}

interface ServiceBalance extends StatedTotal {
  serviceId: number;
}

const DEFAULT_CURRENCY = 'ILS';

/**
 * The accounts of linked legacy rows, and those `held` by the record itself, by currency, type and number: own and related
 * ones apart, each with its sums.
 */
export function accountsOf(
  links: readonly LinkedRow[],
  services: readonly Service[],
  balances: readonly ServiceBalance[],
  asOf: string,
  held: readonly StatedAccount[] = [],
): Pick<StatementContent, 'own' | 'related'> {
  const linkOf = new Map(links.map((link) => [link.legacyCitizenId, link]));
  const balancesOf = new Map<number, ServiceBalance[]>();
  for (const each of balances) balancesOf.set(each.serviceId, [...(balancesOf.get(each.serviceId) ?? []), each]);
  const all = services.flatMap((service) => {
    const link = linkOf.get(service.citizenId);
    if (!link) return [];
    return (balancesOf.get(service.id) ?? unmoved(service, asOf)).map(({ currency, balance }) => ({
      serviceNumber: service.srvNo,
      type: service.rawType,
      address: service.rawAddress,
      status: service.rawStatus,
      relation: link.relation,
      shareHundredths: link.shareHundredths,
      currency,
      balance,
    }));
  });
  all.push(...held);
  all.sort(byCurrencyTypeNumber);
  return {
    own: summed(all.filter(({ relation }) => relation === 'SAME_PERSON')),
    related: summed(all.filter(({ relation }) => relation !== 'SAME_PERSON')),
  };
}

/** A service without movements stands with zero in the default currency, unless it was not there on that day. */
const unmoved = (service: Service, asOf: string): StatedTotal[] =>
  service.vanishedRunId === null && service.startedOn <= asOf ? [{ currency: DEFAULT_CURRENCY, balance: 0 }] : [];

function summed(accounts: StatedAccount[]): StatedAccounts {
  const totals = new Map<string, number>();
  for (const { currency, balance } of accounts) totals.set(currency, (totals.get(currency) ?? 0) + balance);
  return { accounts, totals: [...totals].map(([currency, balance]) => ({ currency, balance })) };
}

function byCurrencyTypeNumber(a: StatedAccount, b: StatedAccount): number {
  return (
    currencyRank(a.currency) - currencyRank(b.currency) ||
    order(a.currency, b.currency) ||
    order(a.type, b.type) ||
    a.serviceNumber.length - b.serviceNumber.length ||
    order(a.serviceNumber, b.serviceNumber)
  );
}

function currencyRank(currency: string): number {
  const rank = CURRENCIES.indexOf(currency as 'ILS');
  return rank < 0 ? CURRENCIES.length : rank;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function holderOf(record: OneRecord): StatementContent['holder'] {
  return {
    oneRecordNumber: record.number,
    partyType: record.partyType,
    approvedName: record.approvedName ?? '',
    approvedLatinName: record.approvedLatinName,
    nameParts: record.nameParts ?? {},
    documentType: record.documentType,
    maskedDocument: record.documentNumber === null ? null : maskId(record.documentNumber),
  };
}
