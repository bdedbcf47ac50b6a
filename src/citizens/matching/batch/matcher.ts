import { matchRegister, Register, type MatchOptions, type RegisterRow } from '@libs/name-matching';
import { arrange, type Clusters } from './arrange';

/** Rows of the register in the order of their ids. */
export interface RegisterPart {
  rows: RegisterRow[];
  /** OneRecord that holds each row as the same person, 0 for none. */
  records: number[];
  /** Cluster of each row as the last run left it, 0 for none. */
  clusters: number[];
}

export interface Finish {
  threads: number;
  /** Pairs of rows, by the order they came in, that are two persons. */
  apart: [number, number][];
}

export type StageProgress = Parameters<NonNullable<MatchOptions['onProgress']>>[0];

/** Takes in a register part by part and clusters it. */
export interface Matcher {
  add(part: RegisterPart): Promise<void>;
  finish(options: Finish, onProgress: (progress: StageProgress) => void): Promise<Clusters>;
  close(): Promise<void>;
}

/** In the thread of the caller, which does little else meanwhile. */
export class LocalMatcher implements Matcher {
  private readonly register = new Register();
  private readonly persons = new Map<number, number>();
  private readonly known: number[] = [];
  private readonly former: number[] = [];

  add({ rows, records, clusters }: RegisterPart): Promise<void> {
    for (const row of rows) this.register.add(row);
    for (const record of records) this.known.push(record === 0 ? 0 : this.personOf(record));
    for (const cluster of clusters) this.former.push(cluster);
    return Promise.resolve();
  }

  async finish(options: Finish, onProgress: (progress: StageProgress) => void): Promise<Clusters> {
    const found = await matchRegister(this.register, { ...options, known: this.known, onProgress });
    return arrange(found, this.former);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private personOf(record: number): number {
    const known = this.persons.get(record) ?? this.persons.size + 1;
    this.persons.set(record, known);
    return known;
  }
}
