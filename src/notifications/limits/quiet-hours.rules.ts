import { addDays, instantAt, localDateOf, localTimeOf, weekdayOf, type Instant } from '@libs/calendar';
import type { Lane } from '@libs/outbox';

export interface QuietHours {
  /** `HH:MM` of Hebron; the quiet begins in the evening and ends in the morning. */
  from: string;
  until: string;
  /** 0 Sunday to 6 Saturday: quiet all day. */
  weekdays: readonly number[];
}

/** For those who want to be left alone outside them: Friday and Saturday, and from three in the afternoon. */
export const OUTSIDE_WORKING_HOURS: QuietHours = { from: '15:00', until: '08:00', weekdays: [5, 6] };

const EXEMPT: readonly Lane[] = ['OTP', 'EMERGENCY'];

/** When a message of this lane may leave: now, or in the first morning that is not quiet. */
export function mayLeaveAt(now: Instant, lane: Lane, quiet: QuietHours | undefined): Instant {
  if (!quiet || EXEMPT.includes(lane)) return now;
  const [today, time] = [localDateOf(now), localTimeOf(now)];
  const isQuietDay = (date: string) => quiet.weekdays.includes(weekdayOf(date));
  if (!isQuietDay(today) && time >= quiet.until && time < quiet.from) return now;
  let day = time >= quiet.until ? addDays(today, 1) : today;
  while (isQuietDay(day)) day = addDays(day, 1);
  return instantAt(day, quiet.until);
}
