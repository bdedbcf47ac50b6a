import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import type { Clock } from '@libs/calendar';
import type { Config } from '@libs/config';
import { acceptFiles, Problem, refuseUnparsed, sendProblem } from '@libs/http';
import { JobBoard } from '@libs/outbox';
import { AppModule } from './app.module';
import { serveCounter } from './counter';
import { logRequests } from './logging';
import { serveDocs } from './openapi';
import { secureAnswers } from './security-headers';
import { Metrics } from './system';

const REQUEST_ID = /^[\w.-]{1,64}$/;

/** The application, not yet listening. */
export async function createApp(config: Config, clock?: Clock): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    genReqId: requestId,
    bodyLimit: 2 * 1024 * 1024,
    trustProxy: 'loopback',
    clientErrorHandler: refuseUnparsed,
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(new Problem('http.bad-request'), request, reply),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, clock), adapter, {
    bufferLogs: true,
    abortOnError: false,
    // Payment gateways and message providers sign the bytes that they send.
    rawBody: true,
  });
  app.useLogger(app.get(Logger));
  app.setGlobalPrefix('api/v1', {
    exclude: [
      ...[
        '',
        'health',
        'health/live',
        'health/ready',
        'metrics',
        'verify/:serial',
        's/:token',
        'supply',
        'notices',
        'notices/feed.xml',
      ].map((path) => ({
        path,
        method: RequestMethod.GET,
      })),
      ...['pay/:token', 'phone-undo/:token', 'sandbox-gateway/:reference', 'unsubscribe/:token'].map((path) => ({
        path,
        method: RequestMethod.ALL,
      })),
    ],
  });
  const server = adapter.getInstance();
  secureAnswers(server as never);
  acceptFiles(server as never, FILE_TYPES);
  server.addHook('onSend', (request, reply, payload, done) => {
    void reply.header('X-Request-Id', request.id);
    // What says nothing of caches may name people: no browser of a counter keeps it on its disk.
    if (request.url.startsWith('/api/') && !reply.hasHeader('Cache-Control'))
      void reply.header('Cache-Control', 'no-store');
    done(null, payload);
  });
  app.get(Metrics).observe(server as never);
  app.get(JobBoard).mount(server as never);
  logRequests(server as never);
  serveDocs(app);
  serveCounter(server as never);
  app.enableShutdownHooks();
  return app;
}

/** What routes may take as a file; forms with parts come from mail programs that unsubscribe. */
const FILE_TYPES = ['application/xml', 'text/xml', 'text/csv', 'multipart/form-data'];

function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}
