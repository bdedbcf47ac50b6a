import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/** Swagger UI needs inline styles and data images, nothing more. */
const SECURITY_POLICY = {
  'default-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'upgrade-insecure-requests': null,
};

/** The headers of every answer. They are the same for all, so that helmet is asked for them once and not at each request. */
export function secureAnswers(server: FastifyInstance): void {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => (headers[name] = value),
    removeHeader: () => undefined,
  };
  const ask = helmet({ contentSecurityPolicy: { directives: SECURITY_POLICY } });
  ask({} as IncomingMessage, answer as unknown as ServerResponse, (error) => {
    if (error) throw error as Error;
  });
  server.addHook('onRequest', (_, reply, done) => {
    void reply.headers(headers);
    done();
  });
}
