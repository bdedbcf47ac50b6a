import { Inject, Injectable } from '@nestjs/common';
import { jointMarker } from '@libs/arabic';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { LegacyMirror } from '../../legacy';
import { CODES } from '../citizens.problems';
import { validNationalIds } from './identity.rules';
import { Link, NotSamePerson, type Relation } from './link.entity';
import { OneRecord } from './one-record.entity';
import { OneRecords } from './one-records';
import { ApartRows } from './rows-apart';
import { isActive } from './snapshot';

export interface LinkInput {
  legacyCitizenId: number;
  relation: Relation;
  /** Hundredths of a percent; co-owners, partners and heirs only. */
  shareHundredths?: number;
  approved?: boolean;
}

const SHARING: readonly Relation[] = ['CO_OWNER', 'PARTNER', 'HEIR'];

/** The rows under a record, and the rules about them. Inside a unit of work only. */
@Injectable()
export class Links {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly mirror: LegacyMirror,
    private readonly apart: ApartRows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  active(oneRecordId: number): Promise<Link[]> {
    return this.store.reads(Link).find({ where: { oneRecordId, ...isActive }, order: { id: 'ASC' } });
  }

  /** @throws {Problem} citizens.row-not-linked */
  async get(oneRecordId: number, legacyCitizenId: number): Promise<Link> {
    const link = await this.store.reads(Link).findOneBy({ oneRecordId, activeCitizenId: legacyCitizenId });
    if (!link) throw new Problem(CODES['citizens.row-not-linked'], { extra: { legacyCitizenId } });
    return link;
  }

  /** @throws {Problem} citizens.row-unknown, .row-linked, .row-held, .share-not-allowed, .different-person, .not-same-person */
  async add(record: OneRecord, inputs: readonly LinkInput[], by: number): Promise<void> {
    const citizenIds = inputs.map(({ legacyCitizenId }) => legacyCitizenId);
    const citizens = new Map((await this.mirror.citizens(citizenIds)).map((citizen) => [citizen.id, citizen]));
    const linked = new Set((await this.active(record.id)).map(({ legacyCitizenId }) => legacyCitizenId));
    await this.refuseHeld(
      record.id,
      inputs.filter(({ relation }) => relation === 'SAME_PERSON').map(({ legacyCitizenId }) => legacyCitizenId),
    );
    for (const input of inputs) {
      const { legacyCitizenId, relation } = input;
      const citizen = citizens.get(legacyCitizenId);
      if (!citizen) throw new Problem(CODES['citizens.row-unknown'], { extra: { legacyCitizenId } });
      if (linked.has(legacyCitizenId)) throw new Problem(CODES['citizens.row-linked'], { extra: { legacyCitizenId } });
      linked.add(legacyCitizenId);
      await this.store.insert(Link, {
        id: await this.ids.one(),
        oneRecordId: record.id,
        legacyCitizenId,
        ...tie(input),
        joint: jointMarker(citizen.rawName) !== null,
        activeCitizenId: legacyCitizenId,
        samePersonCitizenId: relation === 'SAME_PERSON' ? legacyCitizenId : null,
        approvedOfId: input.approved ? record.id : null,
        linkedBy: by,
        linkedAt: this.clock.now(),
        endedBy: null,
        endedAt: null,
      });
    }
    await this.checkOnePerson(record.id);
  }

  /** @throws {Problem} as {@link add}, and citizens.approved-row-needed when the approved row would not be the same person */
  async change(link: Link, input: LinkInput): Promise<void> {
    const samePerson = input.relation === 'SAME_PERSON';
    if (link.approvedOfId !== null && !samePerson) throw new Problem(CODES['citizens.approved-row-needed']);
    if (samePerson) await this.refuseHeld(link.oneRecordId, [link.legacyCitizenId]);
    const samePersonCitizenId = samePerson ? link.legacyCitizenId : null;
    await this.store.update(Link, { id: link.id }, { ...tie(input), samePersonCitizenId });
    await this.checkOnePerson(link.oneRecordId);
  }

  async end(links: readonly Link[], by: number): Promise<void> {
    const ended = { activeCitizenId: null, samePersonCitizenId: null, approvedOfId: null };
    for (const { id } of links) {
      await this.store.update(Link, { id }, { ...ended, endedBy: by, endedAt: this.clock.now() });
    }
  }

  /** @throws {Problem} citizens.approved-row when the row is not the same person */
  async approveRow(oneRecordId: number, legacyCitizenId: number): Promise<void> {
    const link = await this.get(oneRecordId, legacyCitizenId);
    if (link.relation !== 'SAME_PERSON') throw new Problem(CODES['citizens.approved-row']);
    await this.store.update(Link, { approvedOfId: oneRecordId }, { approvedOfId: null });
    await this.store.update(Link, { id: link.id }, { approvedOfId: oneRecordId });
  }

  /**
   * What must hold of the record's document and its SAME_PERSON rows after a change: one valid national ID at most, and
   * no row that was found to be somebody else, or to be another than one of these.
   * @throws {Problem} citizens.different-person, citizens.not-same-person
   */
  async checkOnePerson(oneRecordId: number): Promise<void> {
    const record = await this.records.get(oneRecordId);
    const same = (await this.active(oneRecordId)).flatMap((link) => link.samePersonCitizenId ?? []);
    const strangers = await this.store.reads(NotSamePerson).findBy({ oneRecordId, ...isActive });
    const stranger = strangers.find(({ legacyCitizenId }) => same.includes(legacyCitizenId));
    if (stranger) {
      const { legacyCitizenId, reason } = stranger;
      throw new Problem(CODES['citizens.not-same-person'], { extra: { legacyCitizenId, reason } });
    }
    const [two] = await this.apart.among(same);
    if (two) {
      const { otherCitizenId: legacyCitizenId, reason } = two;
      throw new Problem(CODES['citizens.not-same-person'], { extra: { legacyCitizenId, reason } });
    }
    const citizens = await this.mirror.citizens(same);
    const keys = [record.documentKey, ...citizens.map(({ documentKey }) => documentKey)];
    if (validNationalIds(keys).size > 1) throw new Problem(CODES['citizens.different-person']);
  }

  /** @throws {Problem} citizens.different-person */
  refuseDifferentDocuments(...records: OneRecord[]): void {
    const keys = records.map(({ documentKey }) => documentKey);
    if (validNationalIds(keys).size > 1) throw new Problem(CODES['citizens.different-person']);
  }

  /** @throws {Problem} citizens.row-unknown */
  async requireKnown(legacyCitizenId: number): Promise<void> {
    const [found] = await this.mirror.citizens([legacyCitizenId]);
    if (!found) throw new Problem(CODES['citizens.row-unknown'], { extra: { legacyCitizenId } });
  }

  /** @throws {Problem} citizens.row-held, naming the holder */
  private async refuseHeld(oneRecordId: number, legacyCitizenIds: readonly number[]): Promise<void> {
    for (const [legacyCitizenId, holder] of await this.records.holderOf(legacyCitizenIds)) {
      if (holder.oneRecordId === oneRecordId) continue;
      const { oneRecordId: id, number } = holder;
      throw new Problem(CODES['citizens.row-held'], { extra: { legacyCitizenId, holder: { id, number } } });
    }
  }
}

function tie({ relation, shareHundredths }: LinkInput): Pick<Link, 'relation' | 'shareHundredths'> {
  if (shareHundredths !== undefined && !SHARING.includes(relation)) {
    throw new Problem(CODES['citizens.share-not-allowed']);
  }
  return { relation, shareHundredths: shareHundredths ?? null };
}
