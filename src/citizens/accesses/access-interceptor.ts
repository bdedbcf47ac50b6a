import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Principal } from '@libs/http';
import { Store } from '@libs/persistence';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { PURPOSES, type Purpose } from '../search/search.entities';
import { Accesses } from './accesses';
import { looksOf, type Look } from './watched-routes';

const PREFIX = '/api/v1/';

type Asked = FastifyRequest<{ Params: Record<string, unknown>; Querystring: Record<string, unknown> }> & {
  principal?: Principal;
};

/** Notes each look of staff at what belongs to a citizen, before the answer leaves: no note, no answer. */
@Injectable()
export class AccessInterceptor implements NestInterceptor {
  constructor(
    private readonly store: Store,
    private readonly accesses: Accesses,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Asked>();
    const { method, params, query, principal } = request;
    if (method !== 'GET' || !principal) return next.handle();
    const looks = looksOf((request.routeOptions?.url ?? '').slice(PREFIX.length), params, query);
    if (looks.length === 0) return next.handle();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        for (const look of looks) await this.note(look, request, principal);
        return answer;
      }),
    );
  }

  private async note({ kind, records, key }: Look, request: Asked, principal: Principal): Promise<void> {
    const parameters = [...records.matchAll(/\?/g)].map(() => key);
    const found = await this.store.sql<{ id: number | string }>(records, parameters);
    const ids = [...new Set(found.map(({ id }) => Number(id)))];
    if (ids.length === 0) return;
    const purpose = request.headers['x-purpose'] as Purpose;
    await this.accesses.note(kind, ids, principal, PURPOSES.includes(purpose) ? purpose : null);
  }
}
