import { Worker } from 'node:worker_threads';

interface Job<Request, Answer> {
  request: Request;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * One worker thread that answers each message with one message. The first request starts it; requests wait in line; it
 * keeps the process alive only while it works. When it dies, the request it was at fails, and the next starts another.
 */
export class Thread<Request, Answer> {
  private worker: Worker | undefined;
  private current: Job<Request, Answer> | undefined;
  private readonly waiting: Job<Request, Answer>[] = [];

  constructor(private readonly file: string) {}

  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.current) return;
    this.current = this.waiting.shift();
    if (!this.current) return this.worker?.unref();
    try {
      this.worker ??= this.start();
      this.worker.ref();
      this.worker.postMessage(this.current.request);
    } catch (error) {
      this.settle((job) => job.reject(error));
    }
  }

  private settle(end: (job: Job<Request, Answer>) => void): void {
    const job = this.current;
    this.current = undefined;
    if (job) end(job);
    this.next();
  }

  private start(): Worker {
    const worker = new Worker(this.file);
    let fault: unknown;
    worker.on('message', (answer: Answer) => this.settle((job) => job.resolve(answer)));
    worker.on('error', (error) => (fault = error));
    worker.on('exit', (code) => {
      this.worker = undefined;
      this.settle((job) => job.reject(fault ?? new Error(`the thread ended with code ${code}`)));
    });
    return worker;
  }
}
