import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, ChangesVersion, IfMatch, Refuses, type Page, type Principal } from '@libs/http';
import type { FastifyReply } from 'fastify';
import { CODES } from '../citizens.problems';
import { DraftsService } from './drafts.service';
import { IdentityService } from './identity.service';
import { OneRecords } from './one-records';
import {
  ApprovedRowInput,
  ChangeLinkInput,
  CreateOneRecord,
  EvidenceInput,
  EvidenceParam,
  IdentifyInput,
  LinkedRowParam,
  LinkRowInput,
  NotSameInput,
  OneRecordNumberParam,
  OneRecordParam,
  OneRecordQuery,
  OneRecordsQuery,
  ReasonInput,
} from './one-records.dto';
import { EvidenceContentView, LinkedRowDetailView, OneRecordListItem, OneRecordView } from './one-records.views';
import { ReadingService } from './reading.service';

const LINKING = [
  CODES['citizens.row-unknown'],
  CODES['citizens.row-held'],
  CODES['citizens.share-not-allowed'],
  CODES['citizens.different-person'],
  CODES['citizens.not-same-person'],
];
const CHANGING = ['http.invalid', 'http.not-found', CODES['citizens.wrong-state']];
const moved = ApiResponse({ status: 308, description: 'merged: Location leads to the survivor' });

/** In the order of the work: gather rows, say who it is, attach the scan. */
@ApiTags('one-records')
@Controller('one-records')
export class OneRecordsController {
  constructor(
    private readonly records: OneRecords,
    private readonly reading: ReadingService,
    private readonly drafts: DraftsService,
    private readonly identity: IdentityService,
  ) {}

  @Post()
  @Allow('citizens.one-record.create')
  @ApiOperation({ summary: '1. Open a draft from the selected legacy rows; exactly one is the approved row' })
  @ApiCreatedResponse({ type: OneRecordView })
  @Refuses('http.invalid', ...LINKING, CODES['citizens.approved-row'], CODES['citizens.row-linked'])
  async create(@Caller() by: Principal, @Body() { partyType, rows }: CreateOneRecord): Promise<OneRecordView> {
    return this.reading.view(await this.drafts.create(partyType, rows, by), by);
  }

  @Get()
  @Allow('citizens.one-record.read')
  @ApiOperation({ summary: 'Records, newest first; `state=PENDING_APPROVAL` is the queue of the checkers' })
  @ApiPage(OneRecordListItem)
  @Refuses('http.invalid')
  list(@Query() query: OneRecordsQuery): Promise<Page<OneRecordListItem>> {
    return this.reading.list(query);
  }

  @Get('by-number/:number')
  @Allow('citizens.one-record.read')
  @ApiOperation({ summary: 'One record by its number' })
  @ApiOkResponse({ type: OneRecordView })
  @moved
  @Refuses('http.invalid', 'http.not-found')
  async byNumber(
    @Caller() by: Principal,
    @Param() { number }: OneRecordNumberParam,
    @Query() { follow = true }: OneRecordQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OneRecordView | undefined> {
    return answer(await this.reading.open(await this.reading.byNumber(number), follow, by), reply);
  }

  @Get(':id')
  @Allow('citizens.one-record.read')
  @ApiOperation({ summary: 'One record; the document in full for those who may see it' })
  @ApiOkResponse({ type: OneRecordView })
  @moved
  @Refuses('http.invalid', 'http.not-found')
  async get(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @Query() { follow = true }: OneRecordQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OneRecordView | undefined> {
    return answer(await this.reading.open(await this.records.get(id), follow, by), reply);
  }

  @Get(':id/rows')
  @Allow('citizens.row.read')
  @ApiOperation({ summary: 'The legacy rows of a record with their services and balances' })
  @ApiOkResponse({ type: [LinkedRowDetailView] })
  @Refuses('http.invalid', 'http.not-found')
  rows(@Param() { id }: OneRecordParam): Promise<LinkedRowDetailView[]> {
    return this.reading.rows(id);
  }

  @Post(':id/links')
  @Allow('citizens.one-record.link')
  @ChangesVersion()
  @ApiOperation({ summary: '2. Link one more legacy row to a draft' })
  @ApiCreatedResponse({ type: OneRecordView })
  @Refuses(...CHANGING, ...LINKING, CODES['citizens.row-linked'])
  async link(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() row: LinkRowInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.drafts.link({ id, version }, row, by), by);
  }

  @Patch(':id/links/:legacyCitizenId')
  @Allow('citizens.one-record.link')
  @ChangesVersion()
  @ApiOperation({ summary: 'Change the relation or share of a row of a draft' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...CHANGING, ...LINKING, CODES['citizens.row-not-linked'], CODES['citizens.approved-row-needed'])
  async changeLink(
    @Caller() by: Principal,
    @Param() { id, legacyCitizenId }: LinkedRowParam,
    @IfMatch() version: number,
    @Body() input: ChangeLinkInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.drafts.changeLink({ id, version }, { ...input, legacyCitizenId }, by), by);
  }

  @Post(':id/links/:legacyCitizenId/unlink')
  @HttpCode(200)
  @Allow('citizens.one-record.unlink')
  @ChangesVersion()
  @ApiOperation({ summary: 'Take a row away: the record is again what it was without it' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(
    ...CHANGING,
    CODES['citizens.row-not-linked'],
    CODES['citizens.approved-row-needed'],
    CODES['citizens.high-risk'],
  )
  async unlink(
    @Caller() by: Principal,
    @Param() { id, legacyCitizenId }: LinkedRowParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.drafts.unlink({ id, version }, legacyCitizenId, reason, by), by);
  }

  @Put(':id/approved-row')
  @Allow('citizens.one-record.link')
  @ChangesVersion()
  @ApiOperation({ summary: 'Choose another approved row' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...CHANGING, CODES['citizens.row-not-linked'], CODES['citizens.approved-row'], CODES['citizens.high-risk'])
  async chooseApprovedRow(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { legacyCitizenId }: ApprovedRowInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.drafts.chooseApprovedRow({ id, version }, legacyCitizenId, by), by);
  }

  @Post(':id/not-same')
  @HttpCode(200)
  @Allow('citizens.one-record.link')
  @ChangesVersion()
  @ApiOperation({ summary: 'Remember that a legacy row is somebody else' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...CHANGING, CODES['citizens.row-unknown'], CODES['citizens.not-same-person'])
  async notSame(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { legacyCitizenId, reason }: NotSameInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.drafts.notSame({ id, version }, legacyCitizenId, reason, by), by);
  }

  @Post(':id/not-same/:legacyCitizenId/lift')
  @HttpCode(200)
  @Allow('citizens.one-record.link')
  @ChangesVersion()
  @ApiOperation({ summary: 'Take that finding back' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses('http.invalid', 'http.not-found')
  async liftNotSame(
    @Caller() by: Principal,
    @Param() { id, legacyCitizenId }: LinkedRowParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.drafts.liftNotSame({ id, version }, legacyCitizenId, reason, by), by);
  }

  @Post(':id/evidence')
  @Allow('citizens.one-record.identify')
  @ChangesVersion()
  @ApiOperation({ summary: '3. Attach the scan of a document: JPEG, PNG or PDF, at most 1 MB' })
  @ApiCreatedResponse({ type: OneRecordView })
  @Refuses(...CHANGING, CODES['citizens.evidence-invalid'], CODES['citizens.evidence-known'])
  async attach(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() input: EvidenceInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.identity.attach({ id, version }, input, by), by);
  }

  @Get(':id/evidence/:evidenceId')
  @Allow('citizens.one-record.read-document')
  @ApiOperation({ summary: 'A scan with its content; the look is audited' })
  @ApiOkResponse({ type: EvidenceContentView })
  @Refuses('http.invalid', 'http.not-found')
  evidence(@Param() { id, evidenceId }: EvidenceParam): Promise<EvidenceContentView> {
    return this.reading.evidence(id, evidenceId);
  }

  @Put(':id/identity')
  @Allow('citizens.one-record.identify')
  @ChangesVersion()
  @ApiOperation({ summary: '4. Set the name as on the document, the document and the contacts of a draft' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(
    ...CHANGING,
    CODES['citizens.name-incomplete'],
    CODES['citizens.name-joint'],
    CODES['citizens.document-type'],
    CODES['citizens.document-unusable'],
    CODES['citizens.document-held'],
    CODES['citizens.different-person'],
    CODES['citizens.phone-invalid'],
    CODES['citizens.dates-impossible'],
    CODES['citizens.evidence-unknown'],
  )
  async identify(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { evidenceId, ...input }: IdentifyInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.identity.identify({ id, version }, input, evidenceId, by), by);
  }

  @Post(':id/override-id')
  @HttpCode(200)
  @Allow('citizens.one-record.override-id')
  @ChangesVersion()
  @ApiOperation({ summary: 'A supervisor lets a national ID pass that fails its check digit' })
  @ApiOkResponse({ type: OneRecordView })
  @Refuses(...CHANGING, CODES['citizens.override-not-needed'])
  async override(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<OneRecordView> {
    return this.reading.view(await this.identity.override({ id, version }, reason, by), by);
  }
}

function answer(opened: OneRecordView | { survivorId: number }, reply: FastifyReply): OneRecordView | undefined {
  if (!('survivorId' in opened)) return opened;
  void reply.status(308).header('Location', `/api/v1/one-records/${opened.survivorId}`);
  return undefined;
}
