import { addDays, compare, type LocalDate } from '@libs/calendar';
import { fail, Faults } from './faults';
import type { Period } from './period';
import type { Tariff } from './tariff';

/** Tariff versions that do not contradict one another: on every day at most one for each class and size. */
export class TariffBook {
  /** By class, the latest first. */
  private readonly byClass = new Map<string, Tariff[]>();

  /** @throws {TariffError} `versions-overlap`, its pointer naming the later in the list; `repeated-value` of a code */
  constructor(versions: readonly Tariff[]) {
    const faults = new Faults();
    versions.forEach((version, at) => {
      for (const other of versions.slice(0, at)) {
        if (version.code === other.code) faults.add('repeated-value', `/${at}/code`, { value: version.code });
        const from = firstContradiction(version, other);
        if (from === null) continue;
        const values = { value: version.code, other: other.code, class: version.class, from };
        faults.add('versions-overlap', `/${at}/from`, values);
      }
    });
    faults.throwIfAny();
    for (const version of [...versions].sort((a, b) => compare(b.from, a.from))) {
      this.byClass.set(version.class, [...(this.byClass.get(version.class) ?? []), version]);
    }
  }

  /** The version of a class and size (mm) on a day; null where there is none. */
  on(classOf: string, size: number, day: LocalDate): Tariff | null {
    const version = this.byClass.get(classOf)?.find((each) => each.from <= day && fits(each, size));
    return version && (version.until === null || day <= version.until) ? version : null;
  }

  /** The versions of a period, one after another, each with its days. @throws {TariffError} `no-tariff` */
  within(classOf: string, size: number, { from, to }: Period): { tariff: Tariff; from: LocalDate; to: LocalDate }[] {
    const parts = [];
    for (let day = from; ; day = addDays(parts.at(-1)!.to, 1)) {
      const tariff = this.on(classOf, size, day) ?? fail('no-tariff', '', { class: classOf, size, day });
      const next = this.byClass.get(classOf)!.findLast((each) => each.from > day && fits(each, size));
      let last = tariff.until !== null && tariff.until < to ? tariff.until : to;
      if (next && next.from <= last) last = addDays(next.from, -1);
      parts.push({ tariff, from: day, to: last });
      if (last === to) return parts;
    }
  }
}

const fits = ({ sizes }: Tariff, size: number) => sizes?.includes(size) ?? true;

/** The first day that two versions both claim for some size; a version without an end gives way to a later one. */
function firstContradiction(a: Tariff, b: Tariff): LocalDate | null {
  const meet = a.class === b.class && (!a.sizes || !b.sizes || a.sizes.some((size) => b.sizes!.includes(size)));
  if (!meet) return null;
  const [earlier, later] = a.from < b.from ? [a, b] : [b, a];
  return earlier.from === later.from || (earlier.until !== null && earlier.until >= later.from) ? later.from : null;
}
