import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { isReferenceViolation, isUniqueViolation, isWorthRetrying, StaleVersionError } from '@libs/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allProblems, Problem, problemKind } from './problems';

export type Language = 'ar' | 'en';

/** Arabic unless the caller asks for English first. */
export const languageOf = (request: Pick<FastifyRequest, 'headers'>): Language =>
  /^\s*en\b/i.test(String(request.headers['accept-language'] ?? '')) ? 'en' : 'ar';

/** The RFC 9457 document of a problem. */
export function problemDocument(problem: Problem, request: Pick<FastifyRequest, 'headers' | 'url' | 'id'>) {
  const { status, ...titles } = problemKind(problem.code);
  return {
    type: `/problems/${problem.code}`,
    title: titles[languageOf(request)],
    titles: { ar: titles.ar, en: titles.en },
    status,
    code: problem.code,
    instance: request.url.split('?')[0],
    requestId: request.id,
    ...(problem.details.errors && { errors: problem.details.errors }),
    ...problem.details.extra,
  };
}

/** Turns whatever was thrown into a problem; what nobody foresaw becomes a 500 without detail. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StaleVersionError) return new Problem('http.stale');
  if (isUniqueViolation(error) || isReferenceViolation(error)) return new Problem('http.conflict');
  if (isWorthRetrying(error)) return new Problem('http.unavailable');
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) return new Problem(codeOfStatus(status));
  return new Problem('http.internal');
}

function codeOfStatus(status: number): string {
  for (const [code, kind] of allProblems()) if (code.startsWith('http.') && kind.status === status) return code;
  return 'http.bad-request';
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  const { retryAfterSeconds } = problem.details;
  if (retryAfterSeconds !== undefined) void reply.header('Retry-After', String(retryAfterSeconds));
  void reply
    .status(problem.status)
    .header('Content-Language', languageOf(request))
    .header('Vary', 'Accept-Language')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemDocument(problem, request)));
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const problem = toProblem(error);
    if (problem.status >= 500) this.logger.error(error);
    sendProblem(problem, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
