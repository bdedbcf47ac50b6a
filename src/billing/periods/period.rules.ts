/** Whether the last day of the month is before `today`. */
export const isOver = (period: string, today: string): boolean => period < today.slice(0, 7);

/** The twelve months of a year. */
export const monthsOf = (year: number): string[] =>
  Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
