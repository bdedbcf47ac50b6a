/** What a bill says: built once when it is issued, stored, and printed from there. */
import type { ServiceType } from '../accounts/account.entity';

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
}
