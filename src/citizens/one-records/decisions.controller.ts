import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, ChangesVersion, IfMatch, Refuses, type Principal } from '@libs/http';
import { CODES } from '../citizens.problems';
import { DecisionsService } from './decisions.service';
import { MergersService } from './mergers.service';
import type { OneRecord } from './one-record.entity';
import { MergeInput, OneRecordParam, ReasonInput, SplitInput } from './one-records.dto';
import { OneRecordPairView, OneRecordView } from './one-records.views';
import { ReadingService } from './reading.service';

const STEP = ['http.invalid', 'http.not-found', CODES['citizens.wrong-state']];
const COMPLETE = [
  CODES['citizens.incomplete'],
  CODES['citizens.national-id-invalid'],
  CODES['citizens.different-person'],
  CODES['citizens.not-same-person'],
];

/** From draft to approval by another person, and what may come after. */
@ApiTags('one-records')
@Controller('one-records')
export class DecisionsController {
  constructor(
    private readonly decisions: DecisionsService,
    private readonly mergers: MergersService,
    private readonly reading: ReadingService,
  ) {}

  @Post(':id/submit')
  @HttpCode(200)
  @Allow('citizens.one-record.submit')
  @ChangesVersion()
  @ApiOperation({ summary: '5. Send a complete draft to its checker' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...STEP, ...COMPLETE)
  async submit(@Caller() by: Principal, @Param() { id }: OneRecordParam, @IfMatch() version: number) {
    return this.view(await this.decisions.submit({ id, version }, by), by);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('citizens.one-record.approve')
  @ChangesVersion()
  @ApiOperation({ summary: '6. Approve, by somebody who prepared none of it' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...STEP, ...COMPLETE, CODES['citizens.four-eyes'])
  async approve(@Caller() by: Principal, @Param() { id }: OneRecordParam, @IfMatch() version: number) {
    return this.view(await this.decisions.approve({ id, version }, by), by);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Allow('citizens.one-record.reject')
  @ChangesVersion()
  @ApiOperation({ summary: 'Send back to draft with a reason' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...STEP, CODES['citizens.four-eyes'])
  async reject(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<OneRecordView> {
    return this.view(await this.decisions.reject({ id, version }, reason, by), by);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('citizens.one-record.suspend')
  @ChangesVersion()
  @ApiOperation({ summary: 'Suspend an approved or activated record' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...STEP)
  async suspend(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<OneRecordView> {
    return this.view(await this.decisions.suspend({ id, version }, reason, by), by);
  }

  @Post(':id/reinstate')
  @HttpCode(200)
  @Allow('citizens.one-record.suspend')
  @ChangesVersion()
  @ApiOperation({ summary: 'End a suspension: the record is what it was before' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...STEP)
  async reinstate(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<OneRecordView> {
    return this.view(await this.decisions.reinstate({ id, version }, reason, by), by);
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Allow('citizens.one-record.revoke', 'citizens.one-record.create')
  @ChangesVersion()
  @ApiOperation({ summary: 'End a record for good, or give up a draft: its rows and its document are free again' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...STEP, CODES['citizens.high-risk'])
  async revoke(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<OneRecordView> {
    return this.view(await this.decisions.revoke({ id, version }, reason, by), by);
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Allow('citizens.one-record.merge')
  @ChangesVersion()
  @ApiOperation({ summary: 'Merge another record into this one, which keeps its number; the other leads here' })
  @ApiOkResponse({ type: OneRecordPairView })
  @Refuses(
    ...STEP,
    CODES['citizens.merge-self'],
    CODES['citizens.merge-conflict'],
    CODES['citizens.different-person'],
    CODES['citizens.not-same-person'],
    CODES['citizens.four-eyes'],
    CODES['citizens.high-risk'],
  )
  async merge(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { otherId, otherVersion, reason }: MergeInput,
  ): Promise<OneRecordPairView> {
    return this.pair(await this.mergers.merge({ id, version }, { id: otherId, version: otherVersion }, reason, by), by);
  }

  @Post(':id/unmerge')
  @HttpCode(200)
  @Allow('citizens.one-record.split')
  @ChangesVersion()
  @ApiOperation({
    summary: 'Undo the merge of this record (read it with follow=false): it is again exactly what it was',
  })
  @ApiOkResponse({ type: OneRecordPairView })
  @Refuses(
    ...STEP,
    CODES['citizens.unmerge-impossible'],
    CODES['citizens.document-held'],
    CODES['citizens.four-eyes'],
    CODES['citizens.high-risk'],
  )
  async unmerge(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<OneRecordPairView> {
    return this.pair(await this.mergers.unmerge({ id, version }, reason, by), by);
  }

  @Post(':id/split')
  @Allow('citizens.one-record.split')
  @ChangesVersion()
  @ApiOperation({ summary: 'Some rows are somebody else: they leave for a new draft' })
  @ApiCreatedResponse({ type: OneRecordPairView })
  @Refuses(
    ...STEP,
    CODES['citizens.row-not-linked'],
    CODES['citizens.approved-row'],
    CODES['citizens.approved-row-needed'],
    CODES['citizens.high-risk'],
  )
  async split(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { legacyCitizenIds, approvedRow, reason }: SplitInput,
  ): Promise<OneRecordPairView> {
    return this.pair(await this.mergers.split({ id, version }, legacyCitizenIds, approvedRow, reason, by), by);
  }

  private view(record: OneRecord, by: Principal): Promise<OneRecordView> {
    return this.reading.view(record, by);
  }

  private async pair({ record, related }: { record: OneRecord; related: OneRecord }, by: Principal) {
    return { record: await this.view(record, by), related: await this.view(related, by) };
  }
}
