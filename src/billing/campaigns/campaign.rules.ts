import { addMonths, type LocalDate } from '@libs/calendar';
import type { FieldError } from '@libs/http';
import type { ServiceType } from '../accounts/account.entity';
import { ppmOf, shareOut, sum, type PayableCharge, type ReliefOffer, type ReliefTerms } from '../payments/relief';
import type { PayableAccount } from '../payments/reliefs';
import type { Campaign } from './campaign.entity';

const WHOLE = 1_000_000;

export type CampaignTerms = Pick<
  Campaign,
  | 'kind'
  | 'validFrom'
  | 'validUntil'
  | 'arrearsBefore'
  | 'ratePpm'
  | 'donorName'
  | 'donorPpm'
  | 'municipalityPpm'
  | 'compliantMonths'
  | 'minimumPayment'
>;

export type CampaignPhase = 'UPCOMING' | 'ACTIVE' | 'OVER';

/** What the day makes of an approved campaign. */
export const phaseOf = ({ validFrom, validUntil }: Pick<Campaign, 'validFrom' | 'validUntil'>, on: LocalDate) =>
  (on < validFrom ? 'UPCOMING' : on > validUntil ? 'OVER' : 'ACTIVE') satisfies CampaignPhase;

export const isActive = (campaign: Campaign, on: LocalDate): boolean =>
  campaign.state === 'APPROVED' && phaseOf(campaign, on) === 'ACTIVE';

/** Millionths that the debtor pays in a DONOR campaign; with nothing to pay the donor settles without a payment. */
export const ownPpm = ({ donorPpm, municipalityPpm }: Pick<Campaign, 'donorPpm' | 'municipalityPpm'>): number =>
  WHOLE - (donorPpm ?? 0) - (municipalityPpm ?? 0);

/** Members that a kind needs, and that no other may have. */
const MEMBERS = {
  PERCENT_OF_ARREARS: ['arrearsBefore', 'ratePpm'],
  MATCHING: ['arrearsBefore', 'ratePpm'],
  DONOR: ['arrearsBefore', 'donorName', 'donorPpm', 'municipalityPpm'],
  COMPLIANT_BONUS: ['ratePpm', 'compliantMonths'],
} as const;
const ALL = ['arrearsBefore', 'ratePpm', 'donorName', 'donorPpm', 'municipalityPpm', 'compliantMonths'] as const;

/** What is wrong with terms; pointers are those of the request. */
export function faultsOf(terms: CampaignTerms): FieldError[] {
  const faults: FieldError[] = [];
  const needed: readonly string[] = MEMBERS[terms.kind];
  for (const member of ALL) {
    if ((terms[member] === null) !== needed.includes(member)) continue;
    faults.push({ pointer: `/${member}`, code: needed.includes(member) ? 'required' : 'notOfKind' });
  }
  const fault = (wrong: boolean, pointer: string, code: string) => wrong && faults.push({ pointer, code });
  fault(terms.validUntil < terms.validFrom, '/until', 'notBeforeFrom');
  fault((terms.arrearsBefore ?? '') > terms.validFrom, '/arrearsBefore', 'notAfterFrom');
  fault(terms.kind !== 'MATCHING' && terms.ratePpm === WHOLE, '/ratePpm', 'lessThanWhole');
  if (terms.kind === 'DONOR') {
    fault(ownPpm(terms) < 0, '/municipalityPpm', 'moreThanWhole');
    fault(ownPpm(terms) === 0 && terms.minimumPayment !== null, '/minimumPayment', 'nothingToPay');
  }
  return faults;
}

/** What a campaign has to know of an account. */
export interface AccountFacts {
  openedOn: LocalDate;
  /** Has charges in a live instalment plan. */
  planned: boolean;
  /** Campaigns whose approved list it is on. */
  listedIn: ReadonlySet<number>;
  /** The last day on which something was paid late; null for never. */
  lastLate: LocalDate | null;
  /** Of penalties: the due day of the charge that each is for. A penalty is as old as the debt it punishes. */
  penaltyDue: ReadonlyMap<number, LocalDate>;
}

const dueOf = ({ id, dueOn }: PayableCharge, { penaltyDue }: AccountFacts): LocalDate => penaltyDue.get(id) ?? dueOn;

/** The open charges that were due before the campaign's day, penalties on them included. */
export const arrearsOf = (
  { arrearsBefore }: Pick<Campaign, 'arrearsBefore'>,
  { charges }: Pick<PayableAccount, 'charges'>,
  facts: AccountFacts,
): PayableCharge[] => charges.filter((charge) => !charge.deposit && dueOf(charge, facts) < (arrearsBefore ?? ''));

/** Whether currency, service and plans let the account take part. */
export const takesPart = (
  { currency, serviceTypes, withoutPlan }: Campaign,
  account: Pick<PayableAccount, 'currency' | 'serviceType'>,
  facts: AccountFacts,
): boolean =>
  currency === account.currency &&
  (serviceTypes?.includes(account.serviceType as ServiceType) ?? true) &&
  !(withoutPlan && facts.planned);

/** What a campaign offers to who pays on the account on a day of it; null for nothing. */
export function offerOf(
  campaign: Campaign,
  account: PayableAccount,
  facts: AccountFacts,
  on: LocalDate,
): ReliefOffer | null {
  if (!takesPart(campaign, account, facts)) return null;
  const terms = termsOf(campaign, account, facts, on);
  if (!terms || (terms.kind === 'MATCH' ? terms.chargeIds.length : terms.off.size) === 0) return null;
  return {
    ...bornBy(campaign),
    accountId: account.accountId,
    terms,
    least: campaign.minimumPayment ?? 0,
    budget: campaign.budget === null ? Infinity : campaign.budget - campaign.spent,
  };
}

/** Who grants a relief of the campaign, and who bears it: a donor's part is owed by the donor. */
export const bornBy = ({ id, code, nameAr, nameEn, donorPpm, municipalityPpm }: Campaign) => ({
  key: `campaign:${id}`,
  nameAr,
  nameEn,
  origin: 'WAIVER' as const,
  ledgers:
    donorPpm === null
      ? [{ ledger: 'WAIVERS' as const, dimension: `campaign:${code}`, weight: 1 }]
      : [
          { ledger: 'THIRD_PARTY' as const, dimension: donorDimension(code), weight: donorPpm },
          { ledger: 'WAIVERS' as const, dimension: `campaign:${code}`, weight: municipalityPpm! },
        ],
});

export const donorDimension = (code: string): string => `donor:${code}`;

function termsOf(campaign: Campaign, account: PayableAccount, facts: AccountFacts, on: LocalDate): ReliefTerms | null {
  const arrears = arrearsOf(campaign, account, facts);
  const allAt = (ppm: number): ReliefTerms => ({
    kind: 'ALL',
    off: positive(shareOut(ppmOf(sum(arrears.map(({ outstanding }) => outstanding)), ppm), arrears)),
  });
  switch (campaign.kind) {
    case 'PERCENT_OF_ARREARS':
      return allAt(campaign.ratePpm!);
    case 'MATCHING':
      return { kind: 'MATCH', chargeIds: arrears.map(({ id }) => id), ratePpm: campaign.ratePpm! };
    case 'DONOR':
      return ownPpm(campaign) > 0 && facts.listedIn.has(campaign.id) ? allAt(WHOLE - ownPpm(campaign)) : null;
    case 'COMPLIANT_BONUS':
      return isCompliant(campaign.compliantMonths!, account, facts, on) ? bonus(account, campaign.ratePpm!) : null;
  }
}

/** Without arrears for so many months: nothing is overdue, and nothing was paid late or stood overdue since. */
function isCompliant(months: number, account: PayableAccount, facts: AccountFacts, on: LocalDate): boolean {
  const since = addMonths(on, -months);
  return (
    facts.openedOn <= since &&
    (facts.lastLate === null || facts.lastLate <= since) &&
    account.charges.every((charge) => dueOf(charge, facts) >= on)
  );
}

/** Of each charge of the current bill: nothing else is open on the account, but a deposit. */
const bonus = ({ charges }: PayableAccount, ppm: number): ReliefTerms => ({
  kind: 'EACH',
  off: positive(
    new Map(
      charges
        .filter(({ deposit }) => !deposit)
        .map(({ id, outstanding }) => [id, Math.min(ppmOf(outstanding, ppm), outstanding - 1)]),
    ),
  ),
});

const positive = (off: ReadonlyMap<number, number>): Map<number, number> =>
  new Map([...off].filter(([, amount]) => amount > 0));
