import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import type { Principal } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { officeCode, serialOf } from '@libs/serial';
import { Holders, type Arrear } from '../../billing';
import { contentHash } from '../../documents';
import { Staff } from '../../identity';
import { CutMessages } from './cut-messages';
import { CutCandidate, CutNotice, type CutNoticeContent, type CutRun } from './cut.entity';
import type { CutSubject } from './cut-subjects';

/** The first two letters of a notice's serial. */
export const CUT_NOTICE_KIND = 'DW';

export interface ToBeNoticed {
  candidate: CutCandidate;
  subject: CutSubject;
  arrear: Arrear;
}

/** Writes the notices of a run. */
@Injectable()
export class CutNoticeIssue {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly holders: Holders,
    private readonly staff: Staff,
    private readonly messages: CutMessages,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In a unit that holds accounts and subscriptions. @returns how many */
  async issue(run: CutRun, listed: readonly ToBeNoticed[], by: Principal): Promise<number> {
    if (listed.length === 0) return 0;
    const issuedAt = this.clock.now();
    const year = Number(localDateOf(issuedAt).slice(0, 4));
    const office = officeCode(await this.staff.departmentCode(by.departmentId));
    const issuedBy = (await this.staff.names([by.userId])).get(by.userId) ?? by.username;
    const holders = await this.holders.of(listed.map(({ subject }) => subject.accountId));
    const ids = await this.ids.many(listed.length);
    // After the reading, because other notices of this office wait for the sequence from here on.
    const first = await this.ids.reserve(`cut-notices-${office}-${year}`, listed.length);
    const notices = listed.map(({ subject, arrear }, at): CutNotice => {
      const number = first + at;
      const serial = serialOf({ kind: CUT_NOTICE_KIND, office, year, number });
      const { name, oneRecordNumber } = holders.get(subject.accountId)!;
      const content: CutNoticeContent = {
        ...{ serial, issuedAt, issuedBy, subscription: subject.number, address: subject.address, meter: subject.meter },
        ...{ holder: { name, oneRecordNumber }, ...arrear, noticeDays: this.config.waterNoticeDays },
      };
      return {
        ...{ id: ids[at]!, version: 1, serial, office, year, number, runId: run.id, accountId: subject.accountId },
        ...{
          subscriptionId: subject.id,
          openSubscriptionId: subject.id,
          state: 'ISSUED',
          issuedBy: by.userId,
          issuedAt,
        },
        ...{ content, contentHash: contentHash(content), prints: 0, service: null, deadlineOn: null, objection: null },
        ...{ endedAt: null, endReason: null },
      };
    });
    await this.store.insert(CutNotice, notices);
    await this.messages.tell(notices);
    await this.store.bulkUpdate(
      CutCandidate,
      ['noticeId'],
      listed.map(({ candidate }, at) => ({ id: candidate.id, values: [ids[at]] })),
    );
    return notices.length;
  }
}
