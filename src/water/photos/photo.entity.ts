import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LongTextColumn,
  RefColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const PHOTO_TYPES = ['image/jpeg', 'image/png'] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];

/** What somebody saw: the register that a reading is of, or the valve that an order closed. Never changed. */
@Entity('water_photos')
@Index(['readingId', 'sha256'], { unique: true, where: whereSet('reading_id') })
@Index(['orderId', 'sha256'], { unique: true, where: whereSet('order_id') })
export class WaterPhoto {
  @IdColumn() id: number;
  @RefColumn('Reading', { nullable: true }) readingId: number | null;
  @RefColumn('WaterOrder', { nullable: true }) orderId: number | null;
  /** By the file's first bytes. */
  @EnumColumn(PHOTO_TYPES) contentType: PhotoType;
  @KeyColumn(64) sha256: string;
  @IntColumn() sizeBytes: number;
  @LongTextColumn() base64: string;
  @RefColumn('User') uploadedBy: number;
  @InstantColumn() uploadedAt: string;
}
