/** In the order in which news counts: what stands later is never overtaken by what stands before it. */
export const MESSAGE_STATES = [
  'QUEUED',
  'SENDING',
  'SENT',
  'PENDING',
  'TEMPORARY_FAILURE',
  'TECHNICAL_FAILURE',
  'EXPIRED',
  'PERMANENT_FAILURE',
  'DELIVERED',
  'SUPPRESSED',
  'CANCELLED',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** From which our own sending takes a message up (again), unless a provider has taken it. */
export const SENDABLE = ['QUEUED', 'SENDING', 'TEMPORARY_FAILURE', 'TECHNICAL_FAILURE'] as const;
/** What a provider may report. */
export const REPORTED = [
  'SENT',
  'PENDING',
  'TEMPORARY_FAILURE',
  'TECHNICAL_FAILURE',
  'EXPIRED',
  'PERMANENT_FAILURE',
  'DELIVERED',
] as const satisfies readonly MessageState[];
export type ReportedState = (typeof REPORTED)[number];
/** Nothing of ours changes these; only a report may. */
export const SETTLED: readonly MessageState[] = [
  'EXPIRED',
  'PERMANENT_FAILURE',
  'DELIVERED',
  'SUPPRESSED',
  'CANCELLED',
];

/**
 * What a failure's code begins with that is no word of a provider about the contact: we have tried for the last time. Only
 * a replay of the dead letter takes it up again.
 */
export const GIVEN_UP = 'given-up.';

/** What a failure's code begins with where nobody knows whether the message arrived: it is never sent again. */
export const UNSURE = 'unsure.';
/** Whether a permanent failure says that the contact is bad. */
export const isOfContact = (code: string): boolean => !code.startsWith(GIVEN_UP) && !code.startsWith(UNSURE);

const NEVER_LEFT: readonly MessageState[] = ['QUEUED', 'SUPPRESSED', 'CANCELLED'];
const rank = (state: MessageState): number => MESSAGE_STATES.indexOf(state);

/**
 * The state after a provider's report, in whatever order reports come: the one that counts more. A message that has
 * never left us, or was taken back, is not moved by any; DELIVERED is final.
 */
export function afterReport(current: MessageState, reported: ReportedState): MessageState {
  if (NEVER_LEFT.includes(current)) return current;
  return rank(reported) > rank(current) ? reported : current;
}

/** The states that a report moves: the condition of its UPDATE. */
export const movedBy = (reported: ReportedState): MessageState[] =>
  MESSAGE_STATES.filter((state) => afterReport(state, reported) !== state);
