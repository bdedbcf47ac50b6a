import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { CODES } from '../citizens.problems';
import { Link, type Relation } from './link.entity';
import { OneRecord, type RecordState } from './one-record.entity';
import { RecordChanges } from './record-changes';
import { selvesOf } from './selves';
import { isActive } from './snapshot';

export interface LinkedCitizen {
  linkId: number;
  legacyCitizenId: number;
  relation: Relation;
  /** Hundredths of a percent. */
  shareHundredths: number | null;
  /** The one row chosen as the record's. */
  approved: boolean;
  /** The row names more than one party. */
  joint: boolean;
}

export interface RecordHolder {
  oneRecordId: number;
  number: string;
  state: RecordState;
  approvedName: string | null;
}

/** OneRecords as the rest of the system may ask for them. */
@Injectable()
export class OneRecords {
  constructor(
    private readonly store: Store,
    private readonly changes: RecordChanges,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A merged record is given as it is: see {@link OneRecord.mergedIntoId}. */
  find(id: number): Promise<OneRecord | null> {
    return this.store.reads(OneRecord).findOneBy({ id });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<OneRecord> {
    const record = await this.find(id);
    if (!record) throw new Problem('http.not-found');
    return record;
  }

  /** As {@link get}, inside a unit of work that nobody else's change of the record can overtake. */
  hold(id: number): Promise<OneRecord> {
    return this.changes.hold(id);
  }

  /** The record, or the one it was merged into, however often. @throws {Problem} http.not-found */
  async getSurvivor(id: number): Promise<OneRecord> {
    let record = await this.get(id);
    while (record.mergedIntoId !== null) record = await this.get(record.mergedIntoId);
    return record;
  }

  /** The record itself and those merged into it, however often: what was theirs is its own. @throws {Problem} http.not-found */
  async selves(id: number): Promise<number[]> {
    await this.get(id);
    return selvesOf(this.store, id);
  }

  findByNumber(number: string): Promise<OneRecord | null> {
    return this.store.reads(OneRecord).findOneBy({ number });
  }

  /** By what a citizen logs in with; an estate is not found by the document of the deceased. */
  findByLogin(name: { number: string } | { documentKey: string } | { unknown: string }): Promise<OneRecord | null> {
    const where =
      'documentKey' in name
        ? { claimedDocumentKey: name.documentKey }
        : { number: 'number' in name ? name.number : '' };
    return this.store.reads(OneRecord).findOneBy(where);
  }

  /** The legacy rows under the record now, in the order they were linked. */
  async linkedCitizens(oneRecordId: number): Promise<LinkedCitizen[]> {
    const where = { oneRecordId, ...isActive };
    const links = await this.store.reads(Link).find({ where, order: { linkedAt: 'ASC', id: 'ASC' } });
    return links.map(({ id, legacyCitizenId, relation, shareHundredths, approvedOfId, joint }) => ({
      linkId: id,
      legacyCitizenId,
      relation,
      shareHundredths,
      approved: approvedOfId !== null,
      joint,
    }));
  }

  /** Which record holds each legacy row as SAME_PERSON; rows that nobody holds are absent. */
  async holderOf(legacyCitizenIds: readonly number[]): Promise<Map<number, RecordHolder>> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT l."same_person_citizen_id" AS "citizen", r."id", r."number", r."state", r."approved_name" AS "name"
         FROM "one_record_links" l JOIN "one_records" r ON r."id" = l."one_record_id"
         WHERE l."same_person_citizen_id" IN (${list})`,
      legacyCitizenIds,
    );
    return new Map(
      rows.map(({ citizen, id, number, state, name }) => [
        Number(citizen),
        { oneRecordId: Number(id), number, state, approvedName: name },
      ]),
    );
  }

  /**
   * APPROVED → ACTIVATED, once the citizen has answered the activation code sent to `phoneE164`; on an ACTIVATED record
   * it only confirms the phone. Inside the caller's unit or one of its own.
   * @param by the employee, or null when the citizen acted
   * @throws {Problem} citizens.wrong-state; citizens.phone-changed when that is not the record's phone any more
   */
  markActivated(id: number, phoneE164: string, by: number | null): Promise<OneRecord> {
    const now = this.clock.now();
    return this.changes.run({ id }, { action: 'ACTIVATE', by }, (record) => {
      if (record.state !== 'APPROVED' && record.state !== 'ACTIVATED') throw wrongState(record);
      if (record.phoneE164 !== phoneE164) throw new Problem(CODES['citizens.phone-changed']);
      return Promise.resolve({ state: 'ACTIVATED', activatedAt: record.activatedAt ?? now, phoneVerifiedAt: now });
    });
  }

  /**
   * A new phone that the citizen has proved to hold (a code was sent to it and answered).
   * @throws {Problem} citizens.wrong-state unless APPROVED or ACTIVATED
   */
  setVerifiedPhone(id: number, phoneE164: string, by: number | null, reason: string | null): Promise<OneRecord> {
    return this.changes.run({ id }, { action: 'CHANGE_PHONE', by, reason }, (record) => {
      if (record.state !== 'APPROVED' && record.state !== 'ACTIVATED') throw wrongState(record);
      return Promise.resolve({ phoneE164, phoneVerifiedAt: this.clock.now() });
    });
  }
}

interface Row {
  citizen: number | string;
  id: number | string;
  number: string;
  state: RecordState;
  name: string | null;
}

export const wrongState = (record: Pick<OneRecord, 'state'>): Problem =>
  new Problem(CODES['citizens.wrong-state'], { extra: { state: record.state } });
