import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Caller,
  ChangesVersion,
  IfMatch,
  pageOf,
  Refuses,
  type Page,
  type Principal,
} from '@libs/http';
import { CODES } from '../citizens.problems';
import { OneRecordParam, ReasonInput } from '../one-records/one-records.dto';
import {
  ApplyEdit,
  EditProposalParam,
  EditProposalsQuery,
  editProposalView,
  EditProposalView,
  ProposeEdit,
} from './edits.dto';
import { EditsService } from './edits.service';

const IDENTITY = [
  CODES['citizens.name-incomplete'],
  CODES['citizens.name-joint'],
  CODES['citizens.document-type'],
  CODES['citizens.document-unusable'],
  CODES['citizens.phone-invalid'],
  CODES['citizens.dates-impossible'],
];
const DECIDING = [
  'http.invalid',
  'http.not-found',
  CODES['citizens.four-eyes'],
  CODES['citizens.proposal-decided'],
] as const;

@ApiTags('one-records')
@Controller()
export class EditsController {
  constructor(private readonly edits: EditsService) {}

  @Post('one-records/:id/proposals')
  @Allow('citizens.edit.propose')
  @ChangesVersion()
  @ApiOperation({ summary: 'Propose a correction of an approved record, on the version you read' })
  @ApiCreatedResponse({ type: EditProposalView })
  @Refuses(
    'http.invalid',
    'http.not-found',
    ...IDENTITY,
    CODES['citizens.wrong-state'],
    CODES['citizens.proposal-empty'],
    CODES['citizens.evidence-needed'],
    CODES['citizens.evidence-unknown'],
  )
  async propose(
    @Caller() by: Principal,
    @Param() { id }: OneRecordParam,
    @IfMatch() version: number,
    @Body() { changes, reason, evidenceId }: ProposeEdit,
  ): Promise<EditProposalView> {
    return editProposalView(await this.edits.propose({ id, version }, changes, reason, evidenceId ?? null, by));
  }

  @Get('citizens/proposals')
  @Allow('citizens.edit.propose', 'citizens.edit.decide')
  @ApiOperation({ summary: 'Proposals, newest first; `state=PENDING` is the queue of the checkers' })
  @ApiPage(EditProposalView)
  @Refuses('http.invalid')
  async list(@Query() query: EditProposalsQuery): Promise<Page<EditProposalView>> {
    const [proposals, total] = await this.edits.list(query);
    return pageOf(query, proposals.map(editProposalView), total);
  }

  @Get('citizens/proposals/:id')
  @Allow('citizens.edit.propose', 'citizens.edit.decide')
  @ApiOperation({ summary: 'One proposal' })
  @ApiOkResponse({ type: EditProposalView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: EditProposalParam): Promise<EditProposalView> {
    return editProposalView(await this.edits.get(id));
  }

  @Post('citizens/proposals/:id/apply')
  @HttpCode(200)
  @Allow('citizens.edit.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Make the proposed changes, by another person; a document needs a supervisor' })
  @ApiOkResponse({ type: EditProposalView })
  @Refuses(
    ...DECIDING,
    ...IDENTITY,
    CODES['citizens.high-risk'],
    CODES['citizens.wrong-state'],
    CODES['citizens.proposal-outdated'],
    CODES['citizens.national-id-invalid'],
    CODES['citizens.document-held'],
    CODES['citizens.different-person'],
    CODES['citizens.not-same-person'],
    CODES['citizens.row-unknown'],
    CODES['citizens.row-held'],
    CODES['citizens.share-not-allowed'],
    CODES['citizens.approved-row-needed'],
  )
  async apply(
    @Caller() by: Principal,
    @Param() { id }: EditProposalParam,
    @IfMatch() version: number,
    @Body() { overrideReason }: ApplyEdit,
  ): Promise<EditProposalView> {
    return editProposalView(await this.edits.apply({ id, version }, overrideReason, by));
  }

  @Post('citizens/proposals/:id/reject')
  @HttpCode(200)
  @Allow('citizens.edit.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Turn a proposal down with a reason' })
  @ApiOkResponse({ type: EditProposalView })
  @Refuses(...DECIDING)
  async reject(
    @Caller() by: Principal,
    @Param() { id }: EditProposalParam,
    @IfMatch() version: number,
    @Body() { reason }: ReasonInput,
  ): Promise<EditProposalView> {
    return editProposalView(await this.edits.reject({ id, version }, reason, by));
  }
}
