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
import { CODES } from '../../citizens.problems';
import { CreateOneRecord, ReasonInput } from '../../one-records/one-records.dto';
import { OneRecordView } from '../../one-records/one-records.views';
import { ReadingService } from '../../one-records/reading.service';
import { ApartRows } from '../../one-records/rows-apart';
import { SEARCH } from '../../search/search.problems';
import { MATCHING } from '../matching.problems';
import {
  MatchProposalDetails,
  MatchProposalParam,
  MatchProposalsQuery,
  MatchProposalView,
  RejectProposal,
  RowsApartQuery,
  rowsApartView,
  RowsApartView,
} from './proposals.dto';
import { ProposalsReading } from './proposals-reading';
import { ProposalsService } from './proposals.service';

const DECIDING = [
  'http.invalid',
  'http.not-found',
  CODES['citizens.proposal-decided'],
  MATCHING['citizens.row-not-proposed'],
];

/** The clerk's queue: what a matching of the register proposes to join. */
@ApiTags('matching')
@Controller('citizens')
export class ProposalsController {
  constructor(
    private readonly proposals: ProposalsService,
    private readonly reading: ProposalsReading,
    private readonly records: ReadingService,
    private readonly apart: ApartRows,
  ) {}

  @Get('match-proposals')
  @Allow('citizens.match-proposal.read')
  @ApiOperation({ summary: 'Proposed OneRecords, the surest first; numbers masked' })
  @ApiPage(MatchProposalView)
  @Refuses('http.invalid')
  list(@Query() query: MatchProposalsQuery): Promise<Page<MatchProposalView>> {
    return this.reading.list(query);
  }

  @Get('match-proposals/:id')
  @Allow('citizens.match-proposal.read')
  @ApiOperation({ summary: 'One proposal with the reasons pair by pair, related joint rows and rows that come near' })
  @ApiOkResponse({ type: MatchProposalDetails })
  @Refuses('http.invalid', 'http.not-found', SEARCH['citizens.names-rebuilding'])
  get(@Param() { id }: MatchProposalParam): Promise<MatchProposalDetails> {
    return this.reading.details(id);
  }

  @Post('match-proposals/:id/accept')
  @Allow('citizens.match-proposal.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Open a draft from the chosen rows; exactly one is the approved row' })
  @ApiCreatedResponse({ type: OneRecordView })
  @Refuses(
    ...DECIDING,
    CODES['citizens.approved-row'],
    CODES['citizens.row-unknown'],
    CODES['citizens.row-held'],
    CODES['citizens.row-linked'],
    CODES['citizens.share-not-allowed'],
    CODES['citizens.different-person'],
    CODES['citizens.not-same-person'],
  )
  async accept(
    @Caller() by: Principal,
    @Param() { id }: MatchProposalParam,
    @IfMatch() version: number,
    @Body() { partyType, rows }: CreateOneRecord,
  ): Promise<OneRecordView> {
    return this.records.view(await this.proposals.accept({ id, version }, partyType, rows, by), by);
  }

  @Post('match-proposals/:id/reject')
  @HttpCode(200)
  @Allow('citizens.match-proposal.decide')
  @ChangesVersion()
  @ApiOperation({ summary: 'Not the same person: remembered, so that no matching proposes these rows together again' })
  @ApiOkResponse({ type: MatchProposalView })
  @Refuses(...DECIDING, MATCHING['citizens.pair-of-one'])
  async reject(
    @Caller() by: Principal,
    @Param() { id }: MatchProposalParam,
    @IfMatch() version: number,
    @Body() { reason, pairs }: RejectProposal,
  ): Promise<MatchProposalView> {
    const apart = pairs?.map(({ legacyCitizenId, otherCitizenId }) => [legacyCitizenId, otherCitizenId] as const);
    return this.reading.view(await this.proposals.reject({ id, version }, reason, apart, by));
  }

  @Get('rows-apart')
  @Allow('citizens.match-proposal.read')
  @ApiOperation({ summary: 'Legacy rows found to be two persons, newest first' })
  @ApiPage(RowsApartView)
  @Refuses('http.invalid')
  async rowsApart(@Query() query: RowsApartQuery): Promise<Page<RowsApartView>> {
    const [findings, total] = await this.apart.list(query);
    return pageOf(query, findings.map(rowsApartView), total);
  }

  @Post('rows-apart/:id/lift')
  @HttpCode(200)
  @Allow('citizens.match-proposal.decide')
  @ApiOperation({ summary: 'Take such a finding back' })
  @ApiOkResponse({ type: RowsApartView })
  @Refuses('http.invalid', 'http.not-found')
  async lift(
    @Caller() { userId }: Principal,
    @Param() { id }: MatchProposalParam,
    @Body() { reason }: ReasonInput,
  ): Promise<RowsApartView> {
    return rowsApartView(await this.apart.lift(id, reason, userId));
  }
}
