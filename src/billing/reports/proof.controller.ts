import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  ApiPage,
  Id,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Refuses,
  type Page,
} from '@libs/http';
import { Proofs } from './proof';
import { PROOF_CHECKS, PROOF_STATES, PROOF_TRIGGERS } from './proof.entity';
import { ProofJobs } from './proof.jobs';
import { REPORTS } from './reports.problems';

class ProofExampleView {
  @Id({ about: 'of the posting, entry, account, charge, credit or allocation' }) id: number;
  @MoneyField({ nullable: true, about: 'what the sum is off by' }) difference: string | null;
}

class ProofFindingView {
  @OneOf(PROOF_CHECKS, { example: 'POSTING_SUM' }) check: string;
  @Int({ example: 1 }) count: number;
  @ListOf(() => ProofExampleView, { about: 'the first of them' }) examples: ProofExampleView[];
}

class ProofView {
  @Id() id: number;
  @OneOf(PROOF_STATES, { example: 'HOLDS' }) state: string;
  @OneOf(PROOF_TRIGGERS, { example: 'NIGHTLY' }) startedVia: string;
  @InstantField() startedAt: string;
  @InstantField() finishedAt: string;
  @Int({ example: 41_201, about: 'postings proved' }) postings: number;
  @Int({ example: 8133, about: 'accounts proved' }) accounts: number;
  @ListOf(() => ProofFindingView, { about: 'none when the books hold' }) findings: ProofFindingView[];
}

class ProofAskedView {
  @Id({ about: 'the message a worker takes' }) messageId: number;
}

@ApiTags('billing: reports')
@Controller('billing/proofs')
export class ProofController {
  constructor(
    private readonly jobs: ProofJobs,
    private readonly proofs: Proofs,
  ) {}

  @Post()
  @HttpCode(202)
  @Allow('billing.proof.start')
  @ApiOperation({ summary: 'Prove that every rule of the books holds; a worker does it' })
  @ApiAcceptedResponse({ type: ProofAskedView })
  @Refuses(REPORTS['billing.proof-running'])
  async start(): Promise<ProofAskedView> {
    return { messageId: await this.jobs.start() };
  }

  @Get()
  @Allow('billing.proof.read')
  @ApiOperation({ summary: 'Proofs of the books, newest first' })
  @ApiPage(ProofView)
  @Refuses('http.invalid')
  list(@Query() query: PageQuery): Promise<Page<ProofView>> {
    return this.proofs.list(query);
  }
}
