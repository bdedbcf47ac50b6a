import { Id, InstantField, Int, OneOf, Txt } from '@libs/http';
import { MATCH_STAGES, MATCH_STATES, MATCH_TRIGGERS, type MatchRun } from '../matching.entities';

export class MatchRunId {
  @Id() id: number;
}

export class MatchAskedView {
  @Id({ about: 'the message a worker takes' }) messageId: number;
}

export class MatchRunView {
  @Id({ example: 7 }) id: number;
  @OneOf(MATCH_STATES, { example: 'DONE' }) state: string;
  @OneOf(MATCH_TRIGGERS, { example: 'IMPORT' }) startedVia: string;
  @Id({ nullable: true, example: null }) startedBy: number | null;
  @InstantField() startedAt: string;
  @InstantField({ nullable: true }) finishedAt: string | null;
  @OneOf(MATCH_STAGES, { example: 'WRITE' }) stage: string;
  @Int({ example: 100, max: 100, about: 'percent of the stage' }) progress: number;
  @Int({ example: 5780, about: 'legacy rows matched' }) citizens: number;
  @Int({ example: 1322, about: 'clusters of two rows and more' }) clusters: number;
  @Int({ example: 11_981, max: Number.MAX_SAFE_INTEGER, about: 'pairs of rows scored' }) pairs: number;
  @Int({ example: 764, about: 'open proposals when it ended' }) sure: number;
  @Int({ example: 456 }) likely: number;
  @Int({ example: 102 }) look: number;
  @Txt({ nullable: true, max: 1000, example: null }) failure: string | null;
}

export const matchRunView = ({ done, total, ...run }: MatchRun): MatchRunView => ({
  ...run,
  progress: total === 0 ? 0 : Math.floor((done / total) * 100),
});
