import { Writable } from 'node:stream';
import { pinoHttp } from 'pino-http';
import { QueryFailedError } from 'typeorm';
import { loadConfig } from '@libs/config';
import { logging } from './logging';

describe('what is logged of an error', () => {
  let written = '';
  const stream = new Writable({
    write(chunk, _, done) {
      written += String(chunk);
      done();
    },
  });
  const { logger } = pinoHttp(logging(loadConfig({ NODE_ENV: 'test' })).pinoHttp as object, stream);
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
