import { ClusterWriter } from './batch/cluster-writer';
import { MatchSweep } from './batch/match-sweep';
import { RegisterPages } from './batch/register-pages';
import { ProposalsController } from './proposals/proposals.controller';
import { ProposalsReading } from './proposals/proposals-reading';
import { ProposalsRepo } from './proposals/proposals.repo';
import { ProposalsService } from './proposals/proposals.service';
import { MatchBooks } from './runs/match-books';
import { MatchRunsController } from './runs/match-runs.controller';
import { MatchRuns } from './runs/match-runs.service';
import { RegisterMatch } from './runs/register-match';

export { RegisterMatch } from './runs/register-match';

export const MATCHING_CONTROLLERS = [MatchRunsController, ProposalsController];
export const MATCHING_PROVIDERS = [
  RegisterPages,
  MatchSweep,
  ClusterWriter,
  MatchBooks,
  RegisterMatch,
  MatchRuns,
  ProposalsRepo,
  ProposalsReading,
  ProposalsService,
];
