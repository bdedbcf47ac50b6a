import { Problem } from '@libs/http';
import { parseTariff, TariffBook, TariffError, type Tariff, type TariffData } from '@libs/tariff';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';
import { TARIFFS } from './tariffs.problems';

/**
 * A tariff of a class of this utility, in shekels as all water accounts are.
 * @throws {Problem} water.tariff-faults with a pointer, code and reason for each fault
 */
export function readTariff(data: unknown): Tariff {
  try {
    const tariff = parseTariff(data);
    const wrong = [
      ...(WATER_CLASSES.includes(tariff.class as WaterClass)
        ? []
        : [fault('class', `${tariff.class} is no class of subscriptions`, `${tariff.class} ليست فئة اشتراك`)]),
      ...(tariff.currency === 'ILS' ? [] : [fault('currency', 'water is billed in ILS', 'فواتير المياه بالشيكل')]),
    ];
    if (wrong.length > 0) throw faulty(wrong);
    return tariff;
  } catch (error) {
    throw error instanceof TariffError ? faulty(error.faults) : error;
  }
}

interface Told {
  code: string;
  pointer: string;
  reason: string;
  reasonAr: string;
}

const fault = (name: string, reason: string, reasonAr: string): Told => ({
  code: 'unknown-value',
  pointer: `/${name}`,
  reason,
  reasonAr,
});

function faulty(faults: readonly Told[]): Problem {
  const placed = faults.map((each) => ({ ...each, pointer: `/data${each.pointer}` }));
  return new Problem(TARIFFS['water.tariff-faults'], {
    errors: placed.map(({ pointer, code }) => ({ pointer, code })),
    extra: { faults: placed },
  });
}

/** @throws {Problem} water.tariff-overlap */
export function bookOf(tariffs: readonly Tariff[]): TariffBook {
  try {
    return new TariffBook(tariffs);
  } catch (error) {
    if (!(error instanceof TariffError)) throw error;
    throw new Problem(TARIFFS['water.tariff-overlap'], { extra: { faults: error.faults } });
  }
}

/** The same tariff for a subscription that is on no sewer: nothing is charged for one, and nothing is a part of that. */
export function withoutSewer(data: TariffData): TariffData {
  let members = Object.entries(data);
  const gone = new Set(['SEWER']);
  for (let before = 0; before < gone.size;) {
    before = gone.size;
    members = members.flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
      if (gone.has(name.toUpperCase())) return [];
      if (typeof value !== 'object' || value === null || !('of' in value)) return [[name, value]];
      const of = (value.of as string[]).filter((component) => !gone.has(component));
      if (of.length > 0) return [[name, { ...value, of }]];
      gone.add(name.toUpperCase());
      return [];
    });
  }
  return Object.fromEntries(members) as unknown as TariffData;
}
