import { RequestMethod } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { type Params, PinoLogger } from 'nestjs-pino';
import type { Config } from '@libs/config';
import { loggable } from '@libs/persistence';

/** What is logged of errors and said by the application; {@link logRequests} writes the lines of the requests. */
export const logging = (config: Config): Params => ({
  forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
  pinoHttp: {
    level: config.logLevel,
    autoLogging: false,
    serializers: {
      req: ({ id, method }: { id: string; method: string }) => ({ id, method }),
      // The error itself, beside what the library makes of it.
      err: (error: { raw?: unknown }) => loggable(error.raw ?? error),
    },
    hooks: {
      // Without a message of its own a line would repeat the error's.
      logMethod(args: unknown[], method) {
        const { err } = (args[0] ?? {}) as { err?: unknown };
        if (err instanceof Error && args[1] === undefined) args[1] = loggable(err).message;
        method.apply(this, args as [object, string]);
      },
    },
  },
});

/** Asked every few seconds by machines. */
const PROBES = /^\/(health|metrics)\b/;

/** One JSON line a request: id, method, route pattern, status. No address, body, query or header: they name people. */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', ({ id, method, routeOptions }, { statusCode, elapsedTime }, done) => {
    const route = routeOptions.url;
    const level = statusCode >= 500 ? 'error' : PROBES.test(route ?? '') ? 'debug' : 'info';
    const responseTime = Math.round(elapsedTime);
    PinoLogger.root[level]({ req: { id, method }, route, statusCode, responseTime }, 'request completed');
    done();
  });
}
