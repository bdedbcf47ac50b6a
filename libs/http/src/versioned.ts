import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Refuses } from './documented';
import { Problem } from './problems';

const readIfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) throw new Problem('http.version-required');
  const version = /^(?:W\/)?("?)(\d{1,9})\1$/.exec(header)?.[2];
  if (!version) throw new Problem('http.stale');
  return Number(version);
});

/** The version the caller read, from `If-Match: "3"`; pair it with {@link Versioned} on the route. */
export const IfMatch = readIfMatch;

/** Documents that a route changes a versioned row. */
export const ChangesVersion = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: 'the version you read',
      schema: { type: 'string', example: '"1"' },
    }),
    Refuses('http.version-required', 'http.stale'),
  );
