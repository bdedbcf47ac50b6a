import { NOTICE_KINDS } from './interruption.entity';
import { noticeText } from './notice-text';

const ZONE = { nameAr: 'المنطقة الغربية', nameEn: 'West' };
const TOLD = {
  kind: 'PLANNED' as const,
  // The night in which summer time ends: 23:30 to 03:00 are four hours and a half.
  fromAt: '2026-10-23T20:30:00.000Z',
  untilAt: '2026-10-24T01:00:00.000Z',
  endedAt: null,
  reasonAr: 'صيانة الخط الرئيسي',
  reasonEn: 'Repair of the main',
};

describe('what subscribers are told', () => {
  it('is in local time, also when clocks change', () => {
    expect(noticeText('ANNOUNCEMENT', TOLD, ZONE)).toEqual({
      ar: 'قطع مبرمج للمياه عن المنطقة الغربية من الساعة 23:30 الجمعة 23 تشرين الأول 2026 حتى الساعة 03:00 السبت 24 تشرين الأول 2026. السبب: صيانة الخط الرئيسي',
      en: 'Planned water interruption in West from 23:30 on Friday 23 October 2026 until 03:00 on Saturday 24 October 2026. Reason: Repair of the main',
    });
  });

  it('names when water was restored, not when it was expected', () => {
    const { ar, en } = noticeText('RESTORATION', { ...TOLD, endedAt: '2026-10-24T00:15:00.000Z' }, ZONE);
    expect(ar).toBe('عادت المياه إلى المنطقة الغربية الساعة 02:15 السبت 24 تشرين الأول 2026');
    expect(en).toBe('Water was restored in West at 02:15 on Saturday 24 October 2026');
  });

  it.each(NOTICE_KINDS)('%s fits its column with the longest names and reasons', (kind) => {
    const zone = { nameAr: 'م'.repeat(120), nameEn: 'W'.repeat(120) };
    const { ar, en } = noticeText(kind, { ...TOLD, reasonAr: 'ص'.repeat(300), reasonEn: 'r'.repeat(300) }, zone);
    expect(Math.max(ar.length, en.length)).toBeLessThanOrEqual(900);
  });
});
