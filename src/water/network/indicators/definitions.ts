/** What each indicator is: the words of the IWA and of IBNET, for a range of whole months. */
interface Definition {
  nameAr: string;
  nameEn: string;
  /** What is divided by what. */
  definition: string;
  unit: 'PERCENT' | 'CUBIC_METRES' | 'PER_100_KM_YEAR' | 'HOURS' | 'COUNT';
  /** Of the value. */
  decimals: number;
}

export const INDICATORS = {
  COLLECTION_RATIO: {
    nameAr: 'نسبة التحصيل',
    nameEn: 'Collection ratio (IBNET)',
    definition:
      'Money collected on water accounts in ILS in the months, of what was charged on them in the same months; relief is no collection.',
    unit: 'PERCENT',
    decimals: 2,
  },
  NON_REVENUE_WATER: {
    nameAr: 'المياه غير المدرة للدخل',
    nameEn: 'Non-revenue water by volume (IWA, IBNET)',
    definition:
      'System input volume less billed authorised consumption, of the input, over all zones in use. Not given while a month of a zone lacks its input or bills.',
    unit: 'PERCENT',
    decimals: 2,
  },
  ESTIMATED_READINGS: {
    nameAr: 'نسبة القراءات المقدرة',
    nameEn: 'Estimated readings',
    definition: 'Standing readings of the months that are estimates, of all that have a value.',
    unit: 'PERCENT',
    decimals: 2,
  },
  METERS_READ: {
    nameAr: 'نسبة العدادات المقروءة',
    nameEn: 'Meters read',
    definition:
      'Standing readings with a value that are no estimates, of the readings that were due: one a month for each meter standing at its end, half of one on a two-monthly route.',
    unit: 'PERCENT',
    decimals: 2,
  },
  AVERAGE_CONSUMPTION: {
    nameAr: 'معدل الاستهلاك الشهري للاشتراك',
    nameEn: 'Average consumption a connection and month',
    definition: 'Billed consumption, estimates too, of connection-months: meters standing at the end of each month.',
    unit: 'CUBIC_METRES',
    decimals: 2,
  },
  NETWORK_FAILURES: {
    nameAr: 'أعطال الشبكة لكل 100 كم سنوياً',
    nameEn: 'Leaks and bursts a 100 km of mains and year (IWA mains failures)',
    definition:
      'Reports of leaks and bursts without duplicates and those dismissed, of the length of mains of all zones, brought to a year.',
    unit: 'PER_100_KM_YEAR',
    decimals: 1,
  },
  COMPLAINTS: {
    nameAr: 'شكاوى الشبكة لكل 100 كم سنوياً',
    nameEn: 'Reports of all kinds a 100 km of mains and year',
    definition: 'As leaks and bursts, with reports of no water and of quality.',
    unit: 'PER_100_KM_YEAR',
    decimals: 1,
  },
  REPAIR_TIME_MEDIAN: {
    nameAr: 'وسيط زمن الإصلاح',
    nameEn: 'Time to repair, median',
    definition: 'From the first report to the repair, of work orders for reports that were repaired in the months.',
    unit: 'HOURS',
    decimals: 2,
  },
  REPAIR_TIME_P90: {
    nameAr: 'زمن الإصلاح لتسعة أعطال من عشرة',
    nameEn: 'Time to repair, 90th percentile',
    definition: 'As the median: nine of ten were repaired within it (nearest rank).',
    unit: 'HOURS',
    decimals: 2,
  },
  SUBSCRIPTIONS: {
    nameAr: 'عدد الاشتراكات حسب الحالة',
    nameEn: 'Subscriptions by state',
    definition: 'As they are now, whatever the months asked for.',
    unit: 'COUNT',
    decimals: 0,
  },
} satisfies Record<string, Definition>;

export type IndicatorCode = keyof typeof INDICATORS;
export const INDICATOR_CODES = Object.keys(INDICATORS) as IndicatorCode[];
export const UNITS = ['PERCENT', 'CUBIC_METRES', 'PER_100_KM_YEAR', 'HOURS', 'COUNT'] as const;

export interface Indicator {
  code: IndicatorCode;
  /** A class or state, where there is a value for each. */
  group: string | null;
  /** In units of `decimals` of its definition; null where it cannot be said. */
  value: number | null;
  /** What it was computed from. */
  numerator: number | null;
  denominator: number | null;
  /** What has to be entered first. */
  missing: string[];
}

/** A rate in units of the indicator's decimals, half up; null of nothing or of what is not known. */
export function rate(
  code: IndicatorCode,
  numerator: number | null,
  denominator: number | null,
  { group = null, times = 1, missing = [] }: { group?: string | null; times?: number; missing?: string[] } = {},
): Indicator {
  const { unit, decimals } = INDICATORS[code];
  const scale = 10 ** decimals * (unit === 'PERCENT' ? 100 : 1) * times;
  const isKnown = numerator !== null && denominator !== null && denominator > 0;
  const value = isKnown ? Math.floor((numerator / denominator) * scale + 0.5) : null;
  return { code, group, value, numerator, denominator, missing };
}
