import { Injectable } from '@nestjs/common';
import { Problem, type Principal } from '@libs/http';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { CODES } from '../citizens.problems';
import { LinkTransaction, type Action } from '../transactions/transaction.entity';
import type { OneRecord } from './one-record.entity';
import { isActivated, isApproved } from './state.rules';

/** What makes an employee a maker of the record, whoever opened it. */
const MAKING: readonly Action[] = [
  'CREATE',
  'LINK',
  'CHANGE_LINK',
  'UNLINK',
  'CHOOSE_APPROVED_ROW',
  'IDENTIFY',
  'ATTACH_EVIDENCE',
  'SUBMIT',
  'SPLIT',
];

/** Four eyes, and who may take what is risky. */
@Injectable()
export class Supervision {
  constructor(private readonly store: Store) {}

  /** Maker ≠ checker. @throws {Problem} citizens.four-eyes when `by` prepared any of it */
  async requireSecondPerson({ id, makerId, submittedBy }: OneRecord, by: Principal): Promise<void> {
    const prepared = { employeeId: by.userId, action: In(MAKING) };
    const where = [
      { ...prepared, oneRecordId: id },
      { ...prepared, relatedRecordId: id },
    ];
    const isMaker = makerId === by.userId || submittedBy === by.userId;
    if (isMaker || (await this.store.reads(LinkTransaction).exists({ where }))) {
      throw new Problem(CODES['citizens.four-eyes']);
    }
  }

  /**
   * Rows leave an approved record by a checker's hand, an activated one by a supervisor's.
   * @throws {Problem} citizens.high-risk
   */
  requireForRows(record: OneRecord, by: Principal): void {
    if (isActivated(record)) this.requireHighRisk(by);
    else if (isApproved(record) && !by.permissions.has('citizens.one-record.approve')) {
      throw new Problem(CODES['citizens.high-risk']);
    }
  }

  /** @throws {Problem} citizens.high-risk */
  requireHighRisk(by: Principal): void {
    if (!by.permissions.has('citizens.one-record.approve-high-risk')) throw new Problem(CODES['citizens.high-risk']);
  }
}
