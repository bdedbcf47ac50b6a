import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { Inquiries, type PhoneHolder } from '../../notifications';
import { OneRecord } from '../one-records/one-record.entity';
import { In, IsNull, Not } from 'typeorm';

/** Whose phone it is, proved by a code that was answered. */
@Injectable()
export class PhoneHolders implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly inquiries: Inquiries,
  ) {}

  onModuleInit(): void {
    this.inquiries.register({ holdersOf: (phone) => this.holdersOf(phone) });
  }

  private async holdersOf(phoneE164: string): Promise<PhoneHolder[]> {
    const where = { phoneE164, phoneVerifiedAt: Not(IsNull()), state: In(['APPROVED', 'ACTIVATED']) };
    const records = await this.store.reads(OneRecord).find({ where, order: { id: 'ASC' }, take: 2 });
    return records.map(({ id, number }) => ({ oneRecordId: id, number }));
  }
}
