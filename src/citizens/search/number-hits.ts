import { Injectable } from '@nestjs/common';
import { LegacyMirror } from '../../legacy';
import type { Reason } from './name-reasons';
import { RegisterRows, type RecordNumber } from './register-rows';
import type { Question } from './search-text';

export interface NumberHit {
  /** 0..1 by how surely the number points at this row. */
  score: number;
  /** The number is the row's own key, so that it is meant whatever else it holds. */
  exact: boolean;
  why: Reason[];
}

const KINDS = {
  id: { score: 1, exact: false, ar: 'رقم الهوية مطابق', en: 'national ID same' },
  citNo: { score: 0.99, exact: true, ar: 'رقم المواطن مطابق', en: 'citizen number same' },
  document: { score: 0.98, exact: false, ar: 'رقم الوثيقة مطابق', en: 'document number same' },
  service: { score: 0.96, exact: true, ar: 'رقم الخدمة مطابق', en: 'service number same' },
  phone: { score: 0.9, exact: false, ar: 'رقم الهاتف مطابق', en: 'phone number same' },
  recordId: { score: 1, exact: false, ar: 'رقم هوية سجله الموحد مطابق', en: 'national ID of its OneRecord same' },
  record: { score: 0.99, exact: true, ar: 'رقم سجله الموحد مطابق', en: 'number of its OneRecord same' },
  recordDocument: {
    score: 0.98,
    exact: false,
    ar: 'رقم وثيقة سجله الموحد مطابق',
    en: 'document of its OneRecord same',
  },
  recordPhone: { score: 0.9, exact: false, ar: 'رقم هاتف سجله الموحد مطابق', en: 'phone of its OneRecord same' },
};

/** The rows that the numbers of a question point at: those that bear them, and those of a record that does. */
@Injectable()
export class NumberHits {
  constructor(
    private readonly mirror: LegacyMirror,
    private readonly register: RegisterRows,
  ) {}

  async find({ numbers }: Question): Promise<Map<number, NumberHit>> {
    const hits = new Map<number, NumberHit>();
    const add = (kind: keyof typeof KINDS, citizenId: number | undefined) => {
      if (citizenId === undefined) return;
      const { score, exact, ar, en } = KINDS[kind];
      const known = hits.get(citizenId);
      hits.set(citizenId, {
        score: Math.max(score, known?.score ?? 0),
        exact: exact || (known?.exact ?? false),
        why: [...(known?.why ?? []).filter((reason) => reason.en !== en), { ar, en }],
      });
    };
    const addHeld = async (kind: keyof typeof KINDS, number: RecordNumber, value: string, bearers: number[]) => {
      const held = await this.register.ofRecords(number, [value]);
      for (const id of held) if (!bearers.includes(id)) add(kind, id);
    };
    for (const { key: own, documents, phone } of numbers) {
      for (const key of documents) {
        const [kind, ofRecord] = key.startsWith('national-id:')
          ? (['id', 'recordId'] as const)
          : (['document', 'recordDocument'] as const);
        const bearers = (await this.mirror.citizensByDocument(key)).map(({ id }) => id);
        for (const id of bearers) add(kind, id);
        await addHeld(ofRecord, 'claimed_document_key', key, bearers);
      }
      if (phone) {
        const bearers = (await this.mirror.citizensByPhone(phone)).map(({ id }) => id);
        for (const id of bearers) add('phone', id);
        await addHeld('recordPhone', 'phone_e164', phone, bearers);
      }
      if (!own) continue;
      await addHeld('record', 'number', own, []);
      add('citNo', (await this.mirror.citizenByNumber(own))?.id);
      add('service', (await this.mirror.serviceByNumber(own))?.citizenId);
    }
    return hits;
  }
}
