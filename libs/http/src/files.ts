import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Refuses } from './documented';
import { Problem } from './problems';

const MAX_BYTES = 10 * 1024 * 1024;

/** The body of the route is a file of one of these media types, as bytes: see {@link fileOf}. */
export const TakesFile = (...types: string[]): MethodDecorator =>
  applyDecorators(
    RouteConfig({ takesFile: types }) as MethodDecorator,
    ApiConsumes(...types),
    ApiBody({ schema: { type: 'string', format: 'binary' } }),
    Refuses('http.unsupported-media-type', 'http.too-large'),
  );

/** The bytes of a {@link TakesFile} route. @throws {Problem} http.unsupported-media-type when the body is no file */
export function fileOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body)) throw new Problem('http.unsupported-media-type');
  return body;
}

/** Lets the server read files of up to 10 MB, on the routes that take them; elsewhere they are refused as before. */
export function acceptFiles(server: FastifyInstance, types: string[]): void {
  server.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (request, body, done) => {
    const { takesFile } = request.routeOptions.config as { takesFile?: string[] };
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (takesFile?.includes(type)) done(null, body);
    else done(new Problem('http.unsupported-media-type'));
  });
}
