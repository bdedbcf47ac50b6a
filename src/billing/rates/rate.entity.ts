import {
  BigIntColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** A rate of a day by somebody's word. Never changed: the one entered last for a day and pair holds. */
@Entity('exchange_rates')
@Index(['base', 'quote', 'validOn'])
export class ExchangeRate {
  @IdColumn() id: number;
  @KeyColumn(3) base: string;
  @KeyColumn(3) quote: string;
  /** Millionths of one unit of `quote` that one unit of `base` costs. */
  @BigIntColumn() micros: number;
  @LocalDateColumn() validOn: string;
  @TextColumn(100) source: string;
  @RefColumn('User') enteredBy: number;
  @InstantColumn() enteredAt: string;
}
