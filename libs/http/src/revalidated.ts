import { createHash } from 'node:crypto';
import {
  applyDecorators,
  Header,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Names the answer by what it says (RFC 9110, 8.8.3), and sends it to nobody who has it. */
@Injectable()
class RevalidationInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        const tag = `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 27)}"`;
        void reply.header('ETag', tag);
        if (!headers['if-none-match']?.split(/\s*,\s*/).some((each) => each.replace(/^W\//, '') === tag)) return answer;
        void reply.status(304);
        return undefined;
      }),
    );
  }
}

/** A GET whose answer the browser of its reader may keep, and asks about before it shows it again. */
export const Revalidated = (): MethodDecorator =>
  applyDecorators(
    Header('Cache-Control', 'private, no-cache'),
    UseInterceptors(RevalidationInterceptor),
    ApiResponse({ status: 304, description: 'what `If-None-Match` names still holds' }),
  );
