import { EnumColumn, IdColumn, InstantColumn, IntColumn, JsonColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const PROOF_STATES = ['HOLDS', 'BROKEN'] as const;
export const PROOF_TRIGGERS = ['NIGHTLY', 'REQUEST', 'CLI'] as const;
export type ProofTrigger = (typeof PROOF_TRIGGERS)[number];

export const PROOF_CHECKS = [
  'POSTING_SUM',
  'ENTRY_ACCOUNT',
  'ACCOUNT_OPEN_ITEMS',
  'CHARGE_ALLOCATIONS',
  'CREDIT_ALLOCATIONS',
  'ALLOCATION_ACCOUNT',
  'CHARGE_TAKE_BACKS',
  'CREDIT_TAKE_BACKS',
  'CLOSED_PERIOD',
] as const;
export type ProofCheck = (typeof PROOF_CHECKS)[number];

/** Where a rule of the books does not hold: the posting, entry, account, charge, credit or allocation. */
export interface ProofFinding {
  check: ProofCheck;
  /** How many there are; the examples are the first of them. */
  count: number;
  examples: { id: number; difference: string | null }[];
}

/** A proof of the whole ledger, kept so that an auditor sees when it last held. */
@Entity('ledger_proofs')
@Index(['startedAt'])
export class LedgerProof {
  @IdColumn() id: number;
  @EnumColumn(PROOF_STATES) state: (typeof PROOF_STATES)[number];
  @EnumColumn(PROOF_TRIGGERS) startedVia: ProofTrigger;
  @InstantColumn() startedAt: string;
  @InstantColumn() finishedAt: string;
  @IntColumn() postings: number;
  @IntColumn() accounts: number;
  @JsonColumn() findings: ProofFinding[];
}
