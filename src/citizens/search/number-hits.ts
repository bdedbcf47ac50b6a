import { Injectable } from '@nestjs/common';
import { LegacyMirror } from '../../legacy';
import type { Reason } from './name-reasons';
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
};

/** The rows that the numbers of a question point at. */
@Injectable()
export class NumberHits {
  constructor(private readonly mirror: LegacyMirror) {}

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
    for (const { key: own, documents, phone } of numbers) {
      for (const key of documents) {
        const kind = key.startsWith('national-id:') ? 'id' : 'document';
        for (const { id } of await this.mirror.citizensByDocument(key)) add(kind, id);
      }
      if (phone) for (const { id } of await this.mirror.citizensByPhone(phone)) add('phone', id);
      if (!own) continue;
      add('citNo', (await this.mirror.citizenByNumber(own))?.id);
      add('service', (await this.mirror.serviceByNumber(own))?.citizenId);
    }
    return hits;
  }
}
