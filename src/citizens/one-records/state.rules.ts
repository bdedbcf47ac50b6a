import type { OneRecord, RecordState } from './one-record.entity';

export const ACTS = ['SUBMIT', 'APPROVE', 'REJECT', 'ACTIVATE', 'SUSPEND', 'REINSTATE', 'REVOKE', 'MERGE'] as const;
export type Act = (typeof ACTS)[number];

const STEPS: Record<Act, Partial<Record<RecordState, RecordState>>> = {
  SUBMIT: { DRAFT: 'PENDING_APPROVAL' },
  APPROVE: { PENDING_APPROVAL: 'APPROVED' },
  REJECT: { PENDING_APPROVAL: 'DRAFT' },
  ACTIVATE: { APPROVED: 'ACTIVATED', ACTIVATED: 'ACTIVATED' },
  SUSPEND: { APPROVED: 'SUSPENDED', ACTIVATED: 'SUSPENDED' },
  REINSTATE: { SUSPENDED: 'SUSPENDED' },
  REVOKE: { DRAFT: 'REVOKED', APPROVED: 'REVOKED', ACTIVATED: 'REVOKED', SUSPENDED: 'REVOKED' },
  MERGE: { APPROVED: 'MERGED_INTO', ACTIVATED: 'MERGED_INTO', SUSPENDED: 'MERGED_INTO' },
};

type Stateful = Pick<OneRecord, 'state' | 'resumesAs'>;

/**
 * The state after `act`, and where a suspension goes back to. What a pending record holds is what its checker sees, so
 * it can only be decided. A merge is undone from its snapshot, not by a step. @returns null when the act is not allowed
 */
export function after(act: Act, { state, resumesAs }: Stateful): Stateful | null {
  const next = STEPS[act][state];
  if (!next) return null;
  if (act === 'SUSPEND') return { state: next, resumesAs: state as 'APPROVED' | 'ACTIVATED' };
  if (act === 'REINSTATE') return { state: resumesAs!, resumesAs: null };
  if (act === 'MERGE') return { state: next, resumesAs };
  return { state: next, resumesAs: null };
}

/** Approved once: from here on a second person decides every change of what was approved. */
export const isApproved = ({ state }: Pick<Stateful, 'state'>): boolean =>
  state === 'APPROVED' || state === 'ACTIVATED' || state === 'SUSPENDED';

/** E-services hang on the record, also while it is suspended. */
export const isActivated = ({ state, resumesAs }: Stateful): boolean =>
  state === 'ACTIVATED' || (state === 'SUSPENDED' && resumesAs === 'ACTIVATED');
