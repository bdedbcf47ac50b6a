import { Worker } from 'node:worker_threads';
import type { Clusters } from './arrange';
import { LocalMatcher, type Finish, type Matcher, type RegisterPart, type StageProgress } from './matcher';
import type { Answer, Request } from './worker';

const FILE = require.resolve('./worker');

/** A thread loads compiled files only; where the sources run as they stand (the tests) the caller's thread matches. */
export const openMatcher = (): Matcher =>
  FILE.endsWith('.js') ? new ThreadedMatcher(new Worker(FILE)) : new LocalMatcher();

/** In a thread of its own: a large register takes many seconds, in which this one goes on answering. */
export class ThreadedMatcher implements Matcher {
  private waiting: { resolve: (clusters?: Clusters) => void; reject: (error: unknown) => void } | undefined;
  private onProgress: (progress: StageProgress) => void = () => undefined;
  private fault: unknown;

  constructor(private readonly worker: Worker) {
    worker.on('message', (answer: Answer) => {
      if ('progress' in answer) this.onProgress(answer.progress);
      else this.waiting?.resolve('clusters' in answer ? answer.clusters : undefined);
    });
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', (code) => this.fail(new Error(`the matching thread ended with code ${code}`)));
  }

  async add(part: RegisterPart): Promise<void> {
    await this.ask({ part });
  }

  async finish(options: Finish, onProgress: (progress: StageProgress) => void): Promise<Clusters> {
    this.onProgress = onProgress;
    return (await this.ask({ finish: options }))!;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private ask(request: Request): Promise<Clusters | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      if (this.fault) reject(this.fault);
      else this.worker.postMessage(request);
    });
  }

  private fail(error: unknown): void {
    this.fault ??= error;
    this.waiting?.reject(this.fault);
  }
}
