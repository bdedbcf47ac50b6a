/** What a bill says: built once when it is issued, stored, and printed from there. */
import type { ServiceType } from '../accounts/account.entity';
import type { PlanOnBill } from '../plans/next-instalments';

export interface StatedLine {
  head: string;
  nameAr: string;
  nameEn: string;
  detail: string | null;
  /** `YYYY-MM`. */
  period: string;
  /** Minor units of the bill's currency. */
  amount: number;
}

export interface InBoth {
  ar: string;
  en: string;
}

/** What only the feeder knows of a bill: what was measured, how it was priced, how it was before. */
export interface BillDetail {
  /** First and last day of what is billed. */
  from: string;
  to: string;
  /** Of the place that is served, where the account has none. */
  address: string | null;
  /** Meter, readings, days. */
  facts: { label: InBoth; value: InBoth }[];
  blocks: {
    /** `20 – 40`. */
    range: InBoth;
    quantity: string;
    rate: string;
    /** Minor units. */
    amount: number;
  }[];
  /** The oldest first. */
  chart: { title: InBoth; bars: { label: string; value: number; text: string }[] } | null;
  message: InBoth | null;
}

export interface BillContent {
  serial: string;
  issuedOn: string;
  dueOn: string;
  /** `YYYY-MM`. */
  period: string;
  feeder: { code: string; nameAr: string; nameEn: string };
  account: { number: string; serviceType: ServiceType; currency: string; address: string | null };
  /** The approved name where a OneRecord holds the account, else that of the old system's row. */
  holder: { name: string; oneRecordNumber: string | null };
  lines: StatedLine[];
  /** Sum of the lines. */
  amount: number;
  /** Of the account before: positive is owed, negative is an advance. */
  previousBalance: number;
  /** What of `amount` advances have paid at once; in `previousBalance` already, so it changes no sum. */
  advanceApplied: number;
  /** `previousBalance` + `amount`; negative when an advance is left. */
  totalDue: number;
  /** Absent on bills that are older than plans on bills. */
  plan?: PlanOnBill | null;
  detail?: BillDetail | null;
}
