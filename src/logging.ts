import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import type { Config } from '@libs/config';
import { loggable } from '@libs/persistence';

interface LoggedRequest {
  id: string;
  method: string;
  raw?: { routeOptions?: { url?: string } };
}

/** One JSON line a request: id, method, route pattern, status. No address, body, query or header: they name people. */
export const logging = (config: Config): Params => ({
  forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
  pinoHttp: {
    level: config.logLevel,
    serializers: {
      req: ({ id, method, raw }: LoggedRequest) => ({ id, method, route: raw?.routeOptions?.url }),
      // The error itself, beside what the library makes of it.
      err: (error: { raw?: unknown }) => loggable(error.raw ?? error),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    hooks: {
      // Without a message of its own a line would repeat the error's.
      logMethod(args: unknown[], method) {
        const { err } = (args[0] ?? {}) as { err?: unknown };
        if (err instanceof Error && args[1] === undefined) args[1] = loggable(err).message;
        method.apply(this, args as [object, string]);
      },
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'debug'),
  },
});
