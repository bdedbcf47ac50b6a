/** At most so many bills, or warnings, in one file. */
export const SHEETS_PER_FILE = 100;
