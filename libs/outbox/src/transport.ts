export interface Job {
  messageId: number;
  type: string;
  lane: string;
}

/** Carries claimed messages to a place where {@link start}'s function works them. */
export interface JobTransport {
  /** `work` never rejects. */
  start(work: (job: Job) => Promise<void>): Promise<void>;
  /** Resolves once the jobs are safely handed over. */
  dispatch(jobs: Job[]): Promise<void>;
  /** Takes no more jobs and resolves when the running ones have ended. */
  stop(): Promise<void>;
}

export const JOB_TRANSPORT = Symbol('job transport');

/** Works the messages inside this process, side by side. */
export class EmbeddedTransport implements JobTransport {
  private work: ((job: Job) => Promise<void>) | undefined;
  private readonly running = new Set<Promise<void>>();

  start(work: (job: Job) => Promise<void>): Promise<void> {
    this.work = work;
    return Promise.resolve();
  }

  dispatch(jobs: Job[]): Promise<void> {
    for (const job of jobs) {
      const run = Promise.resolve(this.work?.(job)).finally(() => this.running.delete(run));
      this.running.add(run);
    }
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.work = undefined;
    await Promise.all(this.running);
  }
}
