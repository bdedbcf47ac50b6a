import { daysBetween, type LocalDate } from '@libs/calendar';
import { formatAmount } from '@libs/money';
import type { RatedLine, Rating, Terms } from '@libs/tariff';
import type { BillDetail, InBoth } from '../../billing';
import type { WaterClass } from '../subscriptions/subscription.entity';
import { price } from '../tariffs/rating.view';

export interface CycleUse {
  /** `YYYY-MM`. */
  period: string;
  cubicMetres: number;
  estimated: boolean;
}

export interface BilledWater {
  number: string;
  address: string;
  meter: string | null;
  from: string;
  to: string;
  previous: number | null;
  current: number | null;
  estimated: boolean;
  final: boolean;
  rating: Rating;
  /** Follows on estimates that it has settled. */
  trued: boolean;
  /** Minor units that earlier estimates were charged too much. */
  credited: number;
  history: readonly CycleUse[];
}

const CYCLES = 12;

export const CLASS_NAMES: Readonly<Record<WaterClass, InBoth>> = {
  DOMESTIC: { ar: 'منزلي', en: 'Domestic' },
  COMMERCIAL: { ar: 'تجاري', en: 'Commercial' },
  INDUSTRIAL: { ar: 'صناعي', en: 'Industrial' },
  TOURISM: { ar: 'سياحي', en: 'Tourism' },
  INSTITUTIONAL: { ar: 'مؤسسات', en: 'Institutional' },
  CAMP: { ar: 'مخيم', en: 'Camp' },
  CONSTRUCTION: { ar: 'إنشاءات', en: 'Construction' },
  BULK: { ar: 'جملة', en: 'Bulk' },
};

/** Of one or several subscriptions that are billed together. */
export function detailOf(water: readonly BilledWater[]): BillDetail {
  const [first] = water as [BilledWater];
  return {
    from: water.reduce((day, { from }) => (from < day ? from : day), first.from),
    to: water.reduce((day, { to }) => (to > day ? to : day), first.to),
    address: first.address || null,
    facts: water.flatMap((each) => factsOf(each, water.length > 1)),
    blocks: water.flatMap(({ rating }) => rating.parts.flatMap(({ lines }) => lines.flatMap(blockOf))),
    chart: chartOf(water),
    message: messageOf(water),
  };
}

function factsOf(billed: BilledWater, several: boolean): BillDetail['facts'] {
  const { number, meter, from, to, previous, current, rating, estimated, trued } = billed;
  const read = (value: number, guess: boolean): [string, string] =>
    guess ? [`${value} (تقديرية)`, `${value} (estimated)`] : [String(value), String(value)];
  const days = daysBetween(from, to) + 1;
  return [
    ...(several ? [fact('رقم الاشتراك', 'Subscription', number)] : []),
    ...(meter === null ? [] : [fact('رقم العداد', 'Meter', meter)]),
    ...[...(rating.was ?? []), rating].map(classFact),
    ...(previous === null ? [] : [fact('القراءة السابقة', 'Previous reading', ...read(previous, trued))]),
    ...(current === null ? [] : [fact('القراءة الحالية', 'Current reading', ...read(current, estimated))]),
    fact('الاستهلاك', 'Consumption', `${metres(rating.litres)} م³`, `${metres(rating.litres)} m³`),
    fact('عدد الأيام', 'Days', String(days)),
  ];
}

/** Of terms that ended inside the cycle with their last day. */
function classFact(terms: Terms & { until?: LocalDate }): BillDetail['facts'][number] {
  const { ar, en } = CLASS_NAMES[terms.class as WaterClass];
  const units = (one: string) => (terms.units > 1 ? ` × ${terms.units} ${one}` : '');
  const until = terms.until?.split('-').reverse().join('/');
  const [labelAr, labelEn] = until ? [`الفئة حتى ${until}`, `Class until ${until}`] : ['الفئة', 'Class'];
  return fact(labelAr, labelEn, `${ar}${units('وحدات')}`, `${en}${units('units')}`);
}

const fact = (ar: string, en: string, valueAr: string, valueEn = valueAr): BillDetail['facts'][number] => ({
  label: { ar, en },
  value: { ar: valueAr, en: valueEn },
});

/** Litres as m³ with no more places than it takes. */
export const metres = (litres: number): string => String(litres / 1000);

function blockOf(line: RatedLine): BillDetail['blocks'] {
  if (line.component !== 'WATER') return [];
  const { over, upTo, litres, price: perMetre, amount } = line;
  const low = metres(over!);
  const range = upTo === null ? { ar: `أكثر من ${low}`, en: `over ${low}` } : both(`${low} – ${metres(upTo!)}`);
  return [{ range, quantity: metres(litres!), rate: price(perMetre!), amount }];
}

const both = (text: string): InBoth => ({ ar: text, en: text });

function chartOf(water: readonly BilledWater[]): BillDetail['chart'] {
  const months = new Map<string, { sum: number; estimated: boolean }>();
  for (const { period, cubicMetres, estimated } of water.flatMap(({ history }) => history)) {
    const month = months.get(period) ?? { sum: 0, estimated: false };
    months.set(period, { sum: month.sum + cubicMetres, estimated: month.estimated || estimated });
  }
  const cycles = [...months].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-CYCLES);
  if (cycles.length === 0) return null;
  const marked = cycles.some(([, { estimated }]) => estimated);
  return {
    title: {
      ar: `الاستهلاك في آخر ${CYCLES} دورة (م³)${marked ? '، * تقدير' : ''}`,
      en: `Consumption of the last ${CYCLES} cycles (m³)${marked ? ', * estimated' : ''}`,
    },
    bars: cycles.map(([period, { sum, estimated }]) => ({
      label: `${Number(period.slice(5))}/${period.slice(2, 4)}`,
      value: Math.max(0, sum),
      text: `${sum}${estimated ? '*' : ''}`,
    })),
  };
}

function messageOf(water: readonly BilledWater[]): InBoth | null {
  const [ar, en]: [string[], string[]] = [[], []];
  if (water.some(({ estimated }) => estimated)) {
    ar.push('احتُسبت هذه الفاتورة على قراءة تقديرية، وتُسوّى عند أول قراءة فعلية.');
    en.push('This bill rests on an estimated reading; the next true reading settles it.');
  }
  if (water.some(({ trued }) => trued)) {
    ar.push('وُزّع الاستهلاك بين القراءتين الفعليتين على أيام الدورات التي قُدّرت، كلٌّ بشرائحها.');
    en.push(
      'The water between two true readings was spread over the days of the cycles estimated, each in its blocks.',
    );
  }
  const credited = water.reduce((sum, each) => sum + each.credited, 0);
  if (credited > 0) {
    const amount = formatAmount(credited, 'ILS');
    ar.push(`خُصم من رصيدكم السابق ${amount} شيكل تسويةً لقراءات مقدّرة.`);
    en.push(`ILS ${amount} of earlier estimates were credited to your previous balance.`);
  }
  if (water.some(({ final }) => final)) {
    ar.push('هذه فاتورة نهائية حتى تاريخ القراءة الأخيرة.');
    en.push('This is the final bill up to the last reading.');
  }
  return ar.length === 0 ? null : { ar: ar.join(' '), en: en.join(' ') };
}
