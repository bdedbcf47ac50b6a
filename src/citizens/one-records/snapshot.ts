import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { MoreThan } from 'typeorm';
import { Link, NotSamePerson, type Relation } from './link.entity';
import { OneRecord } from './one-record.entity';
import { isApproved } from './state.rules';

/** What the state of a record is made of: two records in the same state have equal snapshots. */
const KEPT = [
  'number',
  'partyType',
  'state',
  'resumesAs',
  'nameParts',
  'latinNameParts',
  'approvedName',
  'approvedLatinName',
  'documentType',
  'documentNumber',
  'documentKey',
  'claimedDocumentKey',
  'idOverrideReason',
  'idOverriddenBy',
  'phoneE164',
  'phoneVerifiedAt',
  'email',
  'bornOn',
  'diedOn',
  'mergedIntoId',
  'makerId',
  'submittedBy',
  'submittedAt',
  'approvedBy',
  'approvedAt',
  'activatedAt',
] as const satisfies readonly (keyof OneRecord)[];

interface LinkSnapshot {
  id: number;
  legacyCitizenId: number;
  relation: Relation;
  shareHundredths: number | null;
  approved: boolean;
}

export type RecordSnapshot = Pick<OneRecord, (typeof KEPT)[number]> & {
  links: LinkSnapshot[];
  /** Legacy rows found to be somebody else. */
  notSame: number[];
};

/** Ids are positive; of `NOT (… IS NULL)` the embedded database does not see that the filtered index holds it. */
export const isActive = { activeCitizenId: MoreThan(0) };

@Injectable()
export class Snapshots {
  constructor(private readonly store: Store) {}

  /** The record as it stands now with its active links, in the order of their ids. */
  async of(record: OneRecord): Promise<RecordSnapshot> {
    const where = { oneRecordId: record.id, ...isActive };
    const links = await this.store.reads(Link).find({ where, order: { id: 'ASC' } });
    const notSame = await this.store.reads(NotSamePerson).find({ where, order: { legacyCitizenId: 'ASC' } });
    return {
      ...(Object.fromEntries(KEPT.map((column) => [column, record[column]])) as unknown as RecordSnapshot),
      links: links.map(({ id, legacyCitizenId, relation, shareHundredths, approvedOfId }) => ({
        id,
        legacyCitizenId,
        relation,
        shareHundredths,
        approved: approvedOfId !== null,
      })),
      notSame: notSame.map(({ legacyCitizenId }) => legacyCitizenId),
    };
  }
}

type Snapshotted = readonly (RecordSnapshot | null)[];

/** Legacy rows of which another name is approved after a change than before it, or a name in one of the two alone. */
export function renamedRows(before: Snapshotted, after: Snapshotted): number[] {
  const [was, is] = [approvedNames(before), approvedNames(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
}

function approvedNames(snapshots: Snapshotted): Map<number, string | null> {
  const persons = snapshots.flatMap((each) => (each?.partyType === 'INDIVIDUAL' && isApproved(each) ? each : []));
  return new Map(
    persons.flatMap(({ approvedName, links }) =>
      links
        .filter(({ relation }) => relation === 'SAME_PERSON')
        .map(({ legacyCitizenId }) => [legacyCitizenId, approvedName] as const),
    ),
  );
}
