import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type FieldError, type Principal } from '@libs/http';
import { defineEvent, Webhooks } from '../../notifications';
import { CODES } from '../citizens.problems';
import { needsOverride } from './identity.rules';
import { Links } from './links';
import type { OneRecord } from './one-record.entity';
import { wrongState } from './one-records';
import { RecordChanges, type Target } from './record-changes';
import type { RecordSnapshot } from './snapshot';
import { after, type Act } from './state.rules';
import { Supervision } from './supervision';

const APPROVED = defineEvent<{ oneRecordId: number; number: string }>('citizens.one-record-approved', {
  ar: 'اعتُمد سجل موحد',
  en: 'A OneRecord was approved',
});

/** The steps of a record from draft to its end. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly changes: RecordChanges,
    private readonly links: Links,
    private readonly supervision: Supervision,
    private readonly webhooks: Webhooks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} citizens.incomplete naming what is missing, .national-id-invalid, .different-person */
  submit(target: Target, by: Principal): Promise<OneRecord> {
    return this.step(target, 'SUBMIT', by, null, async (record, before) => {
      await this.requireComplete(record, before);
      return { submittedBy: by.userId, submittedAt: this.clock.now() };
    });
  }

  /** By somebody who prepared none of it. */
  approve(target: Target, by: Principal): Promise<OneRecord> {
    return this.step(target, 'APPROVE', by, null, async (record, before) => {
      await this.supervision.requireSecondPerson(record, by);
      await this.requireComplete(record, before);
      const { id: oneRecordId, number } = record;
      await this.webhooks.publish(APPROVED, `one-record/${oneRecordId}`, { oneRecordId, number });
      return { approvedBy: by.userId, approvedAt: this.clock.now() };
    });
  }

  reject(target: Target, reason: string, by: Principal): Promise<OneRecord> {
    return this.step(target, 'REJECT', by, reason, async (record) => {
      await this.supervision.requireSecondPerson(record, by);
      return {};
    });
  }

  suspend(target: Target, reason: string, by: Principal): Promise<OneRecord> {
    return this.step(target, 'SUSPEND', by, reason);
  }

  reinstate(target: Target, reason: string, by: Principal): Promise<OneRecord> {
    return this.step(target, 'REINSTATE', by, reason);
  }

  /** The end of a record: its rows and its document are free again. Whoever may make drafts may give one up. */
  revoke(target: Target, reason: string, by: Principal): Promise<OneRecord> {
    return this.step(target, 'REVOKE', by, reason, async (record) => {
      const mayRevoke = record.state === 'DRAFT' || by.permissions.has('citizens.one-record.revoke');
      if (!mayRevoke) throw new Problem(CODES['citizens.high-risk']);
      await this.links.end(await this.links.active(record.id), by.userId);
      return { claimedDocumentKey: null };
    });
  }

  private step(
    target: Target,
    act: Exclude<Act, 'MERGE'>,
    by: Principal,
    reason: string | null,
    work: (record: OneRecord, before: RecordSnapshot) => Promise<Partial<OneRecord>> = () => Promise.resolve({}),
  ): Promise<OneRecord> {
    return this.changes.run(target, { action: act, by: by.userId, reason }, async (record, before) => {
      const next = after(act, record);
      if (!next) throw wrongState(record);
      return { ...(await work(record, before)), ...next };
    });
  }

  private async requireComplete(record: OneRecord, { links }: RecordSnapshot): Promise<void> {
    const errors: FieldError[] = [];
    if (!links.some(({ relation }) => relation === 'SAME_PERSON'))
      errors.push({ pointer: '/links', code: 'samePerson' });
    if (!links.some(({ approved }) => approved)) errors.push({ pointer: '/links', code: 'approvedRow' });
    if (record.approvedName === null) errors.push({ pointer: '/name', code: 'required' });
    if (record.documentKey === null) errors.push({ pointer: '/document', code: 'required' });
    if (errors.length > 0) throw new Problem(CODES['citizens.incomplete'], { errors });
    if (needsOverride(record)) throw new Problem(CODES['citizens.national-id-invalid']);
    await this.links.checkOnePerson(record.id);
  }
}
