import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { OneRecords } from '../../citizens';

/** A citizen's record with those that were merged into it: papers and messages of theirs are the citizen's own. */
@Injectable()
export class OwnRecords {
  constructor(private readonly records: OneRecords) {}

  all(oneRecordId: number): Promise<number[]> {
    return this.records.selves(oneRecordId);
  }

  /** @throws {Problem} http.not-found, for what is another's as for what is nobody's or nothing */
  async require(oneRecordId: number, found: { oneRecordId: number | null }): Promise<void> {
    if (found.oneRecordId === oneRecordId) return;
    const all = await this.all(oneRecordId);
    if (found.oneRecordId === null || !all.includes(found.oneRecordId)) throw new Problem('http.not-found');
  }
}
