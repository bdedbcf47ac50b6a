import { arranged, type Arranged } from './arranged';
import { buildBlocks } from './blocking';
import { cluster } from './clustering';
import { learnEvidence } from './evidence';
import { scoreAll } from './pool';
import { Register, type RegisterRow } from './register';
import { relate, type RelatedRow } from './related';
import { bandOf, suggest, type Band, type Suggestion } from './results';
import { readRoles } from './roles';
import { weighTokens } from './weights';

export type MatchStage = 'learn' | 'block' | 'score' | 'cluster';

export interface MatchOptions {
  /** Threads that score; 1 (the default) runs here. More need compiled code. The result is the same. */
  threads?: number;
  /** Row pairs that a clerk has declared to be different persons. */
  apart?: Iterable<readonly [number, number]>;
  /** By row the number of the person it is known to be, 0 for unknown: equal numbers are joined, two never. */
  known?: ArrayLike<number>;
  /** Odds in bits from which rows are joined; the default keeps precision at 99 %. */
  leastBits?: number;
  /** Told after each stage, and within the scoring. */
  onProgress?: (progress: { stage: MatchStage; done: number; total: number }) => void;
}

/** The register in clusters; arrays are by row, in the order the rows came. */
export interface MatchResult {
  /** Lowest row of the row's cluster. */
  cluster: Int32Array;
  /** log2 of the odds that the row belongs to its cluster's core; Infinity for a row alone. */
  bits: Float32Array;
  bandOf(row: number): Band;
  /** Joint rows with the clusters their parties belong to; never merged. */
  related: RelatedRow[];
  /** Best unjoined pair of each two clusters, strongest first. */
  suggestions: Suggestion[];
  pairsScored: number;
}

const LEAST_BITS = 1;

/**
 * Groups the rows of a register into persons and bodies. Deterministic; no two different valid IDs in one cluster;
 * joint rows are related, never merged.
 */
export async function matchRegister(
  rows: Iterable<RegisterRow> | Register,
  { threads = 1, apart = [], known = [], leastBits = LEAST_BITS, onProgress = () => undefined }: MatchOptions = {},
): Promise<MatchResult> {
  let register = rows;
  if (!(register instanceof Register)) {
    register = new Register();
    for (const row of rows as Iterable<RegisterRow>) register.add(row);
  }
  const stage = (name: MatchStage) => onProgress({ stage: name, done: 1, total: 1 });
  const data = prepare(register);
  stage('learn');
  const blocks = buildBlocks(data);
  stage('block');
  const edges = await scoreAll(data, blocks, threads, (done, total) => onProgress({ stage: 'score', done, total }));
  const found = cluster(data, edges, leastBits, { apart, known });
  const related = relate(data, edges, found.cluster, leastBits);
  stage('cluster');
  const { columns, place } = data;
  const bits = byRow(found.bits, data, new Float32Array(columns.rows));
  return {
    cluster: byRow(found.cluster, data, new Int32Array(columns.rows)),
    bits,
    bandOf: (row) => bandOf(columns.flags[place[row]!]!, bits[row]!),
    related,
    suggestions: suggest(data, edges, found.cluster, apart),
    pairsScored: edges.scored,
  };
}

/** What scoring needs of a register: its columns, how its names read, and what they weigh. */
function prepare(register: Register): Arranged {
  const columns = register.columns();
  const readings = readRoles(columns);
  return arranged({ columns, readings, weights: weighTokens(columns, readings), evidence: learnEvidence(columns) });
}

function byRow<T extends Int32Array | Float32Array>(column: T, { place }: Arranged, to: T): T {
  for (let row = 0; row < to.length; row++) to[row] = column[place[row]!]!;
  return to;
}
