import { formatArabicDate, formatEnglishDate, localDateOf, localTimeOf, type Instant } from '@libs/calendar';
import type { Interruption, NoticeKind } from './interruption.entity';

export interface NoticeText {
  ar: string;
  en: string;
}

type Told = Pick<Interruption, 'kind' | 'fromAt' | 'untilAt' | 'endedAt' | 'reasonAr' | 'reasonEn'>;
interface ZoneNames {
  nameAr: string;
  nameEn: string;
}

const momentAr = (at: Instant) => `الساعة ${localTimeOf(at)} ${formatArabicDate(localDateOf(at), { weekday: true })}`;
const momentEn = (at: Instant) => `${localTimeOf(at)} on ${formatEnglishDate(localDateOf(at), { weekday: true })}`;

/** What the subscribers of a zone are told, in local time. */
export function noticeText(kind: NoticeKind, told: Told, { nameAr, nameEn }: ZoneNames): NoticeText {
  const { fromAt, untilAt, reasonAr, reasonEn } = told;
  const ended = told.endedAt ?? untilAt;
  switch (kind) {
    case 'ANNOUNCEMENT':
      return {
        ar: `${told.kind === 'PLANNED' ? 'قطع مبرمج للمياه' : 'قطع طارئ للمياه'} عن ${nameAr} من ${momentAr(fromAt)} حتى ${momentAr(untilAt)}. السبب: ${reasonAr}`,
        en: `${told.kind === 'PLANNED' ? 'Planned' : 'Emergency'} water interruption in ${nameEn} from ${momentEn(fromAt)} until ${momentEn(untilAt)}. Reason: ${reasonEn}`,
      };
    case 'UPDATE':
      return {
        ar: `تحديث عن قطع المياه عن ${nameAr}: من ${momentAr(fromAt)} حتى ${momentAr(untilAt)}. السبب: ${reasonAr}`,
        en: `Update of the water interruption in ${nameEn}: from ${momentEn(fromAt)} until ${momentEn(untilAt)}. Reason: ${reasonEn}`,
      };
    case 'RESTORATION':
      return {
        ar: `عادت المياه إلى ${nameAr} ${momentAr(ended)}`,
        en: `Water was restored in ${nameEn} at ${momentEn(ended)}`,
      };
    case 'CANCELLATION':
      return {
        ar: `أُلغي قطع المياه عن ${nameAr} الذي كان مقرراً ${momentAr(fromAt)}`,
        en: `The water interruption in ${nameEn} planned for ${momentEn(fromAt)} was cancelled`,
      };
  }
}
