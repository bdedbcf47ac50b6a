import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import type { ServiceType } from '../accounts/account.entity';
import type { BillDetail } from './bill-content';
import { BILL_RUNS } from './bill-runs.problems';

/** One line of a bill. */
export interface BillLine {
  /** Code of a charge head. */
  head: string;
  /** Minor units of the account's currency, above zero. */
  amount: number;
  /** For people, at most 200 characters. */
  detail: string | null;
  /** `YYYY-MM` that it is for; default the run's. */
  period?: string;
}

/** What an account is to be billed: nothing when there are no lines, or why it cannot be said. */
export type Calculation = { lines: BillLine[] } | { reason: string };

/** Of the run that asks. */
export interface BilledCycle {
  /** `YYYY-MM`. */
  period: string;
  issueOn: string;
  dueOn: string;
  parameters: Record<string, unknown>;
}

/** A run whose bills come into the books or go out of them, and who does it. */
export interface BilledRun extends BilledCycle {
  by: number | null;
  reason: string | null;
}

/** A bill as its run has it. */
export interface FedBill {
  id: number;
  accountId: number;
  edition: number;
  lines: readonly BillLine[];
}

/**
 * What bills are made of: a module that knows what its accounts owe for a month registers one with {@link BillFeeders}.
 * `accounts` and `calculate` only read, inside a unit of work, and give the same answer to the same question.
 */
export interface BillFeeder {
  /** At most 20 letters, digits and dashes; part of the key of every charge, so it never changes. */
  code: string;
  serviceType: ServiceType;
  nameAr: string;
  nameEn: string;
  /** @throws {Problem} http.invalid for parameters that it does not understand */
  check?(parameters: Record<string, unknown>): void;
  /** Ids of the accounts to be billed, ascending, above `afterAccountId`, at most `limit`; none when there are no more. */
  accounts(
    parameters: Record<string, unknown>,
    afterAccountId: number,
    limit: number,
    cycle: BilledCycle,
  ): Promise<number[]>;
  /** By account; one that is absent has nothing to pay. An error counts for the accounts that were asked for together. */
  calculate(accountIds: readonly number[], cycle: BilledCycle): Promise<Map<number, Calculation>>;
  /**
   * In the unit that posts the bills, before they are in the books; their accounts are held.
   * @throws {Problem} one of `refusals` when a bill is not to be posted: it is left out and becomes an exception
   */
  posting?(bills: readonly FedBill[], run: BilledRun): Promise<void>;
  /** In the unit that has taken the bills out of the books. @throws {Problem} as `posting`: the bill stays then */
  reversed?(bills: readonly FedBill[], run: BilledRun): Promise<void>;
  /** What is printed beside the lines of the bills, by bill; only reads. Asked when they are issued. */
  details?(bills: readonly FedBill[], run: BilledRun): Promise<Map<number, BillDetail>>;
  /** Codes of the problems that are one account's and do not stop a run. */
  refusals?: readonly string[];
}

const CODE = /^[a-z0-9-]{1,20}$/;

/** The feeders that the modules have registered, by code. */
@Injectable()
export class BillFeeders {
  private readonly feeders = new Map<string, BillFeeder>();

  /** While the application starts. @throws {Error} for a code that is taken or no code */
  register(feeder: BillFeeder): void {
    if (!CODE.test(feeder.code)) throw new Error(`no code of a feeder: ${feeder.code}`);
    if (this.feeders.has(feeder.code)) throw new Error(`feeder ${feeder.code} is registered twice`);
    this.feeders.set(feeder.code, feeder);
  }

  all(): BillFeeder[] {
    return [...this.feeders.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  /** @throws {Problem} billing.feeder-unknown */
  require(code: string): BillFeeder {
    const feeder = this.feeders.get(code);
    if (!feeder) throw new Problem(BILL_RUNS['billing.feeder-unknown'], { extra: { feeder: code } });
    return feeder;
  }
}
