import {
  IdColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** A debt. Charges less what was cancelled and allocated is outstanding. */
@Entity('charges')
@Index(['accountId', 'outstanding'])
@Index(['postingId'])
@Index(['source'], { unique: true, where: whereSet('source') })
export class Charge {
  @IdColumn() id: number;
  @RefColumn('Account') accountId: number;
  @RefColumn('LedgerPosting') postingId: number;
  /** Code of the charge head. */
  @KeyColumn(20) head: string;
  /** `YYYY-MM` it is for. */
  @KeyColumn(7) period: string;
  @LocalDateColumn() chargedOn: string;
  @LocalDateColumn() dueOn: string;
  /** In the account's currency, above zero. */
  @MinorUnitsColumn() amount: number;
  /** Taken back by credit notes and reversals. */
  @MinorUnitsColumn() cancelled: number;
  @MinorUnitsColumn() outstanding: number;
  @TextColumn(200, { nullable: true }) detail: string | null;
  /** The feeder's own key: one charge for it, however often it is asked. */
  @KeyColumn(100, { nullable: true }) source: string | null;
}

/** Money or relief in the account's favour. What is not allocated to charges is an advance. */
@Entity('credits')
@Index(['accountId', 'remaining'])
@Index(['postingId'])
export class Credit {
  @IdColumn() id: number;
  @RefColumn('Account') accountId: number;
  @RefColumn('LedgerPosting') postingId: number;
  /** PAYMENT, OPENING, ADJUSTMENT, WAIVER … */
  @KeyColumn(20) origin: string;
  @LocalDateColumn() creditedOn: string;
  @MinorUnitsColumn() amount: number;
  /** Taken back by reversals. */
  @MinorUnitsColumn() reversed: number;
  @MinorUnitsColumn() remaining: number;
}

/** A credit against a charge of the same account; taken back by a row with the negative amount. */
@Entity('allocations')
@Index(['chargeId'])
@Index(['creditId'])
@Index(['allocatedOn', 'chargeId', 'creditId', 'amount'])
export class Allocation {
  @IdColumn() id: number;
  @RefColumn('Charge') chargeId: number;
  @RefColumn('Credit') creditId: number;
  @MinorUnitsColumn() amount: number;
  /** Not before either of them. */
  @LocalDateColumn() allocatedOn: string;
  /** What brought it about: the charge's, the credit's, or the reversal that took it back. */
  @RefColumn('LedgerPosting') postingId: number;
}

/** Part or all of a charge or a credit that is no more: what makes up `cancelled` and `reversed`, by day. */
@Entity('take_backs')
@Index(['chargeId'])
@Index(['creditId'])
@Index(['takenBackOn'])
export class TakeBack {
  @IdColumn() id: number;
  /** One of the two. */
  @RefColumn('Charge', { nullable: true }) chargeId: number | null;
  @RefColumn('Credit', { nullable: true }) creditId: number | null;
  /** Above zero. */
  @MinorUnitsColumn() amount: number;
  @LocalDateColumn() takenBackOn: string;
  @RefColumn('LedgerPosting') postingId: number;
}
