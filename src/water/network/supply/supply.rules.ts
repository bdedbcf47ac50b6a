import { addDays, compare, daysBetween, instantAt, weekdayOf, type Instant, type LocalDate } from '@libs/calendar';

export const RHYTHMS = ['WEEKLY', 'CYCLE', 'DATED'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** Turns of a schedule: on a weekday, every so many days from a date on, or on a date. */
export interface Slot {
  rhythm: Rhythm;
  /** Of a WEEKLY one: 0 Sunday to 6 Saturday. */
  weekday?: number;
  /** Of a CYCLE or DATED one. */
  on?: LocalDate;
  /** Of a CYCLE. */
  everyDays?: number;
  /** `HH:MM`, local. */
  from: string;
  /** Not after `from`: on the day after. */
  to: string;
  /** Further whole days that the turn lasts. */
  moreDays?: number;
}

export interface Turn {
  /** On which it begins. */
  date: LocalDate;
  fromAt: Instant;
  untilAt: Instant;
  /** Not of the schedule: added for this day. */
  extra: boolean;
}

export interface ScheduleInForce {
  effectiveFrom: LocalDate;
  edition: number;
  slots: readonly Slot[];
}

export interface DayException {
  date: LocalDate;
  kind: 'NO_SUPPLY' | 'EXTRA';
  from: string | null;
  to: string | null;
}

/** Turns of a zone begin at most so many days before they end. */
export const LONGEST_TURN_DAYS = 8;

/** Of the published schedules the one that holds on a day. */
export function scheduleOn<S extends ScheduleInForce>(schedules: readonly S[], date: LocalDate): S | null {
  return schedules
    .filter(({ effectiveFrom }) => effectiveFrom <= date)
    .reduce<S | null>((best, each) => (best === null || isLater(each, best) ? each : best), null);
}

const isLater = (a: ScheduleInForce, b: ScheduleInForce) =>
  a.effectiveFrom === b.effectiveFrom ? a.edition > b.edition : a.effectiveFrom > b.effectiveFrom;

function beginsOn({ rhythm, weekday, on, everyDays }: Slot, date: LocalDate): boolean {
  if (rhythm === 'WEEKLY') return weekdayOf(date) === weekday;
  if (rhythm === 'DATED') return date === on;
  const since = daysBetween(on!, date);
  return since >= 0 && since % everyDays! === 0;
}

/** By local clocks: when they change, a turn is an hour shorter or longer. */
function turn(
  date: LocalDate,
  { from, to, moreDays = 0 }: Pick<Slot, 'from' | 'to' | 'moreDays'>,
  extra: boolean,
): Turn {
  const last = addDays(date, moreDays + (to <= from ? 1 : 0));
  return { date, fromAt: instantAt(date, from), untilAt: instantAt(last, to), extra };
}

/** Turns that begin on the days from `first` to `last`, by their beginning. */
export function turnsBetween(
  schedules: readonly ScheduleInForce[],
  exceptions: readonly DayException[],
  first: LocalDate,
  last: LocalDate,
): Turn[] {
  const turns: Turn[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const today = exceptions.filter((exception) => exception.date === date);
    if (!today.some(({ kind }) => kind === 'NO_SUPPLY')) {
      const slots = scheduleOn(schedules, date)?.slots ?? [];
      turns.push(...slots.filter((slot) => beginsOn(slot, date)).map((slot) => turn(date, slot, false)));
    }
    for (const { kind, from, to } of today) {
      if (kind === 'EXTRA') turns.push(turn(date, { from: from!, to: to! }, true));
    }
  }
  return turns.sort((a, b) => compare(a.fromAt, b.fromAt) || compare(a.untilAt, b.untilAt));
}

/** The turn that runs at `now` and the next to begin; turns in the order of their beginning. */
export function currentAndNext(turns: readonly Turn[], now: Instant): { current: Turn | null; next: Turn | null } {
  const running = turns.filter(({ fromAt, untilAt }) => compare(fromAt, now) <= 0 && compare(now, untilAt) < 0);
  const current = running.reduce<Turn | null>(
    (last, each) => (last === null || compare(each.untilAt, last.untilAt) > 0 ? each : last),
    null,
  );
  return { current, next: turns.find(({ fromAt }) => compare(fromAt, now) > 0) ?? null };
}

export interface SlotFault {
  /** Place in the list. */
  at: number;
  field?: keyof Slot;
  code: 'required' | 'unexpected' | 'overlaps' | 'tooLate';
}

const FIELDS: Record<Rhythm, readonly (keyof Slot)[]> = {
  WEEKLY: ['weekday'],
  CYCLE: ['on', 'everyDays'],
  DATED: ['on'],
};
/** Cycles of at most this many days meet one another and every weekday within {@link LOOKED_AHEAD}. */
export const LONGEST_CYCLE = 14;
const LOOKED_AHEAD = 210;
/** Of a date of a slot after the schedule's first day. */
const FURTHEST_DATE = 366;
const DAY = 1440;

/** What is wrong with the slots of a schedule: fields, or two turns at one time. */
export function slotFaults(slots: readonly Slot[], effectiveFrom: LocalDate): SlotFault[] {
  const faults = slots.flatMap((slot, at) => fieldFaults(slot, at, effectiveFrom));
  return faults.length > 0 ? faults : overlaps(slots, effectiveFrom);
}

function fieldFaults(slot: Slot, at: number, effectiveFrom: LocalDate): SlotFault[] {
  const faults: SlotFault[] = [];
  for (const field of ['weekday', 'on', 'everyDays'] as const) {
    const wanted = FIELDS[slot.rhythm].includes(field);
    const given = slot[field] !== undefined;
    if (wanted && !given) faults.push({ at, field, code: 'required' });
    if (!wanted && given) faults.push({ at, field, code: 'unexpected' });
  }
  const tooLate = slot.on !== undefined && daysBetween(effectiveFrom, slot.on) > FURTHEST_DATE;
  return tooLate ? [...faults, { at, field: 'on', code: 'tooLate' }] : faults;
}

/** By the clocks on the wall, so that what is taken does not depend on the season. */
function overlaps(slots: readonly Slot[], effectiveFrom: LocalDate): SlotFault[] {
  const days = Math.max(...slots.map(({ on }) => (on ? daysBetween(effectiveFrom, on) : 0)), 0) + LOOKED_AHEAD;
  const turns: { at: number; from: number; until: number }[] = [];
  for (let day = 0; day < days; day++) {
    const date = addDays(effectiveFrom, day);
    slots.forEach((slot, at) => {
      if (!beginsOn(slot, date)) return;
      const from = day * DAY + minutesOf(slot.from);
      const nights = (slot.moreDays ?? 0) + (slot.to <= slot.from ? 1 : 0);
      turns.push({ at, from, until: (day + nights) * DAY + minutesOf(slot.to) });
    });
  }
  turns.sort((a, b) => a.from - b.from || a.at - b.at);
  const clash = turns.findIndex((each, index) => index > 0 && each.from < turns[index - 1]!.until);
  return clash < 0 ? [] : [{ at: Math.max(turns[clash]!.at, turns[clash - 1]!.at), code: 'overlaps' }];
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
