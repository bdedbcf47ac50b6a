import { Writable } from 'node:stream';
import { fastify } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { pinoHttp } from 'pino-http';
import { QueryFailedError } from 'typeorm';
import { loadConfig } from '@libs/config';
import { logging, logRequests } from './logging';

let written = '';
const stream = new Writable({
  write(chunk, _, done) {
    written += String(chunk);
    done();
  },
});
const { logger } = pinoHttp(logging(loadConfig({ NODE_ENV: 'test' })).pinoHttp as object, stream);

it('logs a request by its id and the pattern of its route, and nothing it carries', async () => {
  const { root } = PinoLogger;
  Object.assign(PinoLogger, { root: logger });
  const server = fastify({ genReqId: () => 'r-1' });
  logRequests(server);
  server.get('/rows/:number', (_, reply) => reply.code(204).send());
  server.get('/health/live', () => 'ok');
  written = '';
  await server.inject({ url: '/rows/123456782?name=خالد', headers: { 'x-phone': '0599000001' } });
  await server.inject('/health/live');
  Object.assign(PinoLogger, { root });
  const line = JSON.parse(written) as object;
  expect(line).toMatchObject({ level: 30, req: { id: 'r-1', method: 'GET' }, route: '/rows/:number', statusCode: 204 });
  expect(written).not.toMatch(/123456782|خالد|%D8|0599000001/);
});

describe('what is logged of an error', () => {
  const log = (error: Error): { err: Record<string, unknown> } => {
    written = '';
    logger.error({ err: error });
    return JSON.parse(written) as { err: Record<string, unknown> };
  };

  it('tells the statement that failed and where, and no value of it', () => {
    const refused = Object.assign(
      new Error(`Cannot insert duplicate key in object 'dbo.one_records'. The duplicate key value is (خالد 'أ' (ب)).`),
      { number: 2627 },
    );
    const { err } = log(new QueryFailedError('INSERT INTO "search_log" VALUES (@0)', ['خالد السري'], refused));
    expect(err).toMatchObject({
      type: 'QueryFailedError',
      number: 2627,
      query: 'INSERT INTO "search_log" VALUES (@0)',
      stack: expect.stringContaining('logging.spec') as string,
    });
    expect(written).not.toMatch(/خالد|ب/);
  });

  it('keeps the words of any other error, and none of its members', () => {
    const { err } = log(Object.assign(new TypeError('x is not a function'), { citizen: 'خالد' }));
    expect(err).toMatchObject({ type: 'TypeError', message: 'x is not a function' });
    expect(err).not.toHaveProperty('citizen');
  });
});
