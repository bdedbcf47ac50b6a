import { writeWorkbook, type CellValue, type SheetColumn } from '@libs/spreadsheet';
import type { Balance, Missing } from './balance.rules';
import type { RangeBalance } from './balances';

type Lang = 'ar' | 'en';

const count = (header: string, decimals = 0): SheetColumn => ({ header, type: 'amount', decimals, width: 14 });
const text = (header: string, width: number): SheetColumn => ({ header, type: 'text', width });

const SHEETS: Record<Lang, { name: string; total: string; unzoned: string; columns: SheetColumn[] }> = {
  ar: {
    name: 'الميزان المائي',
    total: 'المجموع',
    unzoned: 'اشتراكات بلا منطقة',
    columns: [
      text('الشهر', 10),
      text('المنطقة', 24),
      count('كمية المياه الداخلة م³'),
      count('المفوتر بالقراءة م³'),
      count('المفوتر بالتقدير م³'),
      count('المصرح به غير المفوتر م³'),
      count('المياه غير المدرة للدخل م³'),
      count('المياه غير المدرة للدخل %', 2),
      count('الفاقد م³'),
      count('الفاقد %', 2),
      count('الفاقد لتر لكل اشتراك يومياً'),
      count('الفاقد م³ لكل كم يومياً', 1),
      count('العدادات القائمة'),
      count('طول الشبكة كم', 3),
      count('قراءات لم تفوتر بعد'),
      text('بيانات غير مدخلة', 40),
    ],
  },
  en: {
    name: 'Water balance',
    total: 'Total',
    unzoned: 'Subscriptions without a zone',
    columns: [
      text('Month', 10),
      text('Zone', 24),
      count('System input m³'),
      count('Billed metered m³'),
      count('Billed estimated m³'),
      count('Unbilled authorised m³'),
      count('Non-revenue water m³'),
      count('Non-revenue water %', 2),
      count('Water losses m³'),
      count('Water losses %', 2),
      count('Losses l/connection/day'),
      count('Losses m³/km/day', 1),
      count('Meters standing'),
      count('Mains km', 3),
      count('Readings not billed yet'),
      text('Not entered', 40),
    ],
  },
};

const MISSING_WORDS: Record<Lang, Record<Missing, string>> = {
  ar: {
    INPUT: 'كمية المياه الداخلة',
    UNBILLED_AUTHORISED: 'المصرح به غير المفوتر',
    LENGTH: 'طول الشبكة',
    BILLED: 'لم تفوتر قراءات',
  },
  en: {
    INPUT: 'input',
    UNBILLED_AUTHORISED: 'unbilled authorised',
    LENGTH: 'length of mains',
    BILLED: 'nothing billed',
  },
};

/** A row a zone and month, a total a month, and one of all; a cell is empty where something is missing. */
export function balanceWorkbook({ months, total }: RangeBalance, lang: Lang): Promise<Buffer> {
  const { name, total: totalWord, unzoned, columns } = SHEETS[lang];
  const row = (period: string, zone: string, balance: Balance & { pendingReadings: number }): CellValue[] => [
    period,
    zone,
    balance.input,
    balance.billedMetered,
    balance.billedEstimated,
    balance.unbilledAuthorised,
    balance.nonRevenue,
    balance.nonRevenueHundredths,
    balance.losses,
    balance.lossesHundredths,
    balance.litresPerConnectionDay,
    balance.tenthsPerKmDay,
    balance.connections,
    balance.metres,
    balance.pendingReadings,
    balance.missing.map((each) => MISSING_WORDS[lang][each]).join(lang === 'ar' ? '، ' : ', '),
  ];
  const rows = months.flatMap((month) => [
    ...month.lines.map(({ zone, ...balance }) => {
      const named = zone ? `${zone.code} ${lang === 'ar' ? zone.nameAr : zone.nameEn}` : unzoned;
      return row(month.period, named, balance);
    }),
    row(month.period, totalWord, month.total),
  ]);
  const last = months.length > 1 ? [row('', totalWord, total)] : [];
  return writeWorkbook({ sheets: [{ name, rtl: lang === 'ar', columns, rows: [...rows, ...last] }] });
}
