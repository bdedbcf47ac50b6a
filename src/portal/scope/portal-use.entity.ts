import { IdColumn, IntColumn, KeyColumn, LocalDateColumn, RefColumn } from '@libs/persistence';
import { Entity, Unique } from 'typeorm';

/** How often a citizen asked for something on a day of Hebron. */
@Entity('portal_uses')
@Unique(['oneRecordId', 'day', 'kind'])
export class PortalUse {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @LocalDateColumn() day: string;
  @KeyColumn(30) kind: string;
  @IntColumn() used: number;
}
