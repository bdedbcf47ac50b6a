import { Id, InstantField, Int, ListOf, MoneyField, OneOf, PageQuery, Part, Txt } from '@libs/http';
import type { Refusals } from '../extract/control';
import { FILE_NAMES, type FileName } from '../extract/format';
import { type LegacyReject, type LegacyRun, type LegacyRunFile, RUN_STATES, TRIGGERS } from './run.entities';

export class RunId {
  @Id() id: number;
}

export class RejectsQuery extends PageQuery {
  @OneOf(FILE_NAMES, { optional: true, example: 'services' }) file?: FileName;
}

export class ImportAskedView {
  @Id({ about: 'the message a worker takes' }) messageId: number;
}

class ExtractFaultView {
  @Txt({ example: 'citizens.csv' }) file: string;
  @Int({ example: 5784, about: 'physical line, the header is 1; 0: the file as a whole' }) line: number;
  @Txt({ example: 'the file ends in the middle of a line: it is truncated' }) reason: string;
  @Txt({ example: 'الملف مبتور: ينتهي في وسط سطر' }) reasonAr: string;
}

class ControlDifferenceView {
  @Txt({ example: 'movements ILS debit' }) what: string;
  @Txt({ example: '534326100' }) expected: string;
  @Txt({ example: '534326000' }) actual: string;
}

class CurrencyTotalsView {
  @Txt({ example: 'JOD' }) currency: string;
  @MoneyField({ example: '9932518400' }) debit: string;
  @MoneyField({ example: '5441350400' }) credit: string;
}

class RefusalCountView {
  @Txt({ example: 'citizen unknown' }) reason: string;
  @Int({ example: 3 }) lines: number;
}

class RunFileView {
  @OneOf(FILE_NAMES, { example: 'services' }) name: FileName;
  @OneOf(['WAITING', 'DONE'], { example: 'DONE' }) state: string;
  @Txt({ example: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef' }) sha256: string;
  @Int({ example: 8133, about: 'lines in the file' }) records: number;
  @Int({ example: 8133, about: 'lines read so far' }) read: number;
  @Int({ example: 8127, about: 'taken in, unchanged and changed ones among them' }) accepted: number;
  @Int({ example: 8001 }) unchanged: number;
  @Int({ example: 4 }) changed: number;
  @Int({ example: 6 }) refused: number;
  @Int({ example: 0, about: 'rows of earlier extracts that are gone; marked, not deleted' }) vanished: number;
  @ListOf(() => RefusalCountView) reasons: RefusalCountView[];
}

export class RunView {
  @Id({ example: 7 }) id: number;
  @OneOf(RUN_STATES, { example: 'DONE' }) state: string;
  @OneOf(TRIGGERS, { example: 'NIGHTLY' }) startedVia: string;
  @Id({ nullable: true, example: null }) startedBy: number | null;
  @InstantField() startedAt: string;
  @InstantField({ nullable: true }) finishedAt: string | null;
  @Part(() => ExtractFaultView, { nullable: true, about: 'why the extract was refused as a whole' })
  fault: ExtractFaultView | null;
  @ListOf(() => ControlDifferenceView, { about: 'where the outcome and control.json disagree' })
  differences: ControlDifferenceView[];
}

export class RunDetails extends RunView {
  @Int({ example: 100, max: 100, about: 'percent of all lines' }) progress: number;
  @ListOf(() => RunFileView) files: RunFileView[];
  @ListOf(() => CurrencyTotalsView, { about: 'accepted movements of this extract' }) totals: CurrencyTotalsView[];
  @OneOf(['EQUAL', 'DIFFERENT', 'NOT_GIVEN', 'NOT_YET'], { example: 'EQUAL' }) control: string;
}

export class RejectView {
  @Id() id: number;
  @OneOf(FILE_NAMES, { example: 'services' }) file: FileName;
  @Int({ example: 8131 }) line: number;
  @Txt({ example: '40399' }) key: string;
  @Txt({ example: 'citizen unknown' }) reason: string;
  @Txt({ example: '40399;مياه;90000001;رفيديا;فعال;01/01/2010' }) raw: string;
}

export const runView = (run: LegacyRun): RunView => ({
  id: run.id,
  state: run.state,
  startedVia: run.startedVia,
  startedBy: run.startedBy,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  fault: run.fault,
  differences: run.differences ?? [],
});

export function runDetails(run: LegacyRun, files: LegacyRunFile[], refusals: Refusals): RunDetails {
  const sum = (of: (file: LegacyRunFile) => number) => files.reduce((total, file) => total + of(file), 0);
  const all = sum(({ records }) => records);
  const ended = run.state === 'DONE' || run.differences !== null;
  return {
    ...runView(run),
    progress: all === 0 ? 0 : Math.floor((sum(({ recordsRead }) => recordsRead) / all) * 100),
    files: files.map((file) => fileView(file, refusals[file.name] ?? {})),
    totals: Object.entries(run.totals ?? {}).map(([currency, sums]) => ({ currency, ...sums })),
    control: !ended ? 'NOT_YET' : run.differences ? 'DIFFERENT' : run.control ? 'EQUAL' : 'NOT_GIVEN',
  };
}

const fileView = (file: LegacyRunFile, reasons: Record<string, number>): RunFileView => ({
  name: file.name,
  state: file.state,
  sha256: file.sha256,
  records: file.records,
  read: file.recordsRead,
  accepted: file.accepted,
  unchanged: file.unchanged,
  changed: file.changed,
  refused: file.refused,
  vanished: file.vanished,
  reasons: Object.entries(reasons).map(([reason, lines]) => ({ reason, lines })),
});

export const rejectView = (reject: LegacyReject): RejectView => ({
  id: reject.id,
  file: reject.fileName,
  line: reject.lineNumber,
  key: reject.sourceKey,
  reason: reject.reason,
  raw: reject.rawLine,
});
