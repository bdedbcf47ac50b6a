import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { JobTransport, OutboxStatus, OutboxWorker } from '@libs/outbox';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { observeOutbox } from './outbox-metrics';

@Injectable()
export class Metrics implements OnApplicationShutdown {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor(status: OutboxStatus, worker: OutboxWorker, transport: JobTransport) {
    collectDefaultMetrics({ register: this.registry });
    observeOutbox(this.registry, status, worker, transport);
  }

  /** What watches the garbage collector outlives the application, and would keep all of it through its metrics. */
  onApplicationShutdown(): void {
    this.registry.clear();
  }

  /** Times every request by its route pattern, never by its address, which may name a person. */
  observe(server: FastifyInstance): void {
    server.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      this.requests.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
