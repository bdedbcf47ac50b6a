/** At most so many bills in one file. */
export const BILLS_PER_FILE = 100;
