/** Why a reader could not see the register; the code is what handhelds send. */
export const NO_ACCESS_REASONS = [
  { code: 'LOCKED', ar: 'الباب مغلق', en: 'Locked' },
  { code: 'DOG', ar: 'كلب', en: 'Dog' },
  { code: 'BURIED', ar: 'العداد مغمور أو مطمور', en: 'Buried or flooded' },
  { code: 'UNREADABLE', ar: 'زجاج العداد غير مقروء', en: 'Register not legible' },
  { code: 'BROKEN', ar: 'العداد معطل', en: 'Meter broken' },
  { code: 'NOT_FOUND', ar: 'لم يُعثر على العداد', en: 'Meter not found' },
  { code: 'REFUSED', ar: 'رفض صاحب الاشتراك', en: 'Refused by the subscriber' },
  { code: 'OTHER', ar: 'سبب آخر', en: 'Other' },
] as const;

const CODES = new Set<string>(NO_ACCESS_REASONS.map(({ code }) => code));
export const isNoAccess = (code: string): boolean => CODES.has(code);
