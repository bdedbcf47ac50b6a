import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { LinkTransaction } from './transaction.entity';

export type Chained = Omit<LinkTransaction, 'id' | 'hash'>;

/** What the first transaction of a year follows. */
export const genesis = (year: number): string => sha256(`one-record-transactions ${year}`);

/** SHA-256, in hex, over the canonical JSON (RFC 8785) of everything the transaction says, its predecessor's hash included. */
export function hashOf(transaction: Chained): string {
  const { year, number, oneRecordId, relatedRecordId, action, employeeId, reason, before, after, evidence, at } =
    transaction;
  const { previousHash } = transaction;
  const said = {
    year,
    number,
    oneRecordId,
    relatedRecordId,
    action,
    employeeId,
    reason,
    before,
    after,
    evidence,
    at,
    previousHash,
  };
  return sha256(canonicalize(said)!);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Follows the chain of one year. @param transactions consecutive ones by number
 * @param previous number and hash before the first of them
 * @returns the first number that is missing, altered or out of place; null when the chain holds
 */
export function firstBroken(
  transactions: readonly LinkTransaction[],
  previous: { number: number; hash: string },
): number | null {
  let { number, hash } = previous;
  for (const each of transactions) {
    number++;
    if (each.number !== number || each.previousHash !== hash || each.hash !== hashOf(each)) return number;
    hash = each.hash;
  }
  return null;
}
