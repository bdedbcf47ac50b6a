import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { PublicNotice } from './notice.entity';
import { PublicNotices } from './public-notices';

export interface NoticeReport {
  notice: PublicNotice;
  /** Messages of a channel in a state; cost in agorot. */
  states: { channel: string; state: string; messages: number; segments: number; cost: number }[];
}

interface Row {
  channel: string;
  state: string;
  messages: number | string;
  segments: number | string;
  cost: number | string;
}

/** How far a notice has come, and what became of it. */
@Injectable()
export class NoticeReports {
  constructor(
    private readonly store: Store,
    private readonly notices: PublicNotices,
  ) {}

  /** @throws {Problem} http.not-found */
  async of(noticeId: number): Promise<NoticeReport> {
    const notice = await this.notices.get(noticeId);
    const rows = await this.store.sql<Row>(
      `SELECT "channel", "state", COUNT(*) AS "messages", SUM("segments") AS "segments", SUM("cost") AS "cost"
       FROM "messages" WHERE "notice_id" = ? GROUP BY "channel", "state" ORDER BY "channel", "state"`,
      [noticeId],
    );
    const states = rows.map(({ channel, state, messages, segments, cost }) => ({
      ...{ channel, state, messages: Number(messages), segments: Number(segments), cost: Number(cost) },
    }));
    return { notice, states };
  }
}
