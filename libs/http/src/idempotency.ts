import { createHash } from 'node:crypto';
import {
  applyDecorators,
  Inject,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { CLOCK } from '@libs/config';
import type { Clock } from '@libs/calendar';
import {
  IdAllocator,
  IdColumn,
  InstantColumn,
  isUniqueViolation,
  JsonColumn,
  KeyColumn,
  Store,
  UnitOfWork,
  BigIntColumn,
} from '@libs/persistence';
import canonicalize from 'canonicalize';
import type { FastifyRequest } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { Entity, Index, Unique } from 'typeorm';
import { callerId } from './access';
import { Refuses } from './documented';
import { Problem } from './problems';

/** An answered request that may come again; the stored answer is given instead of acting twice, for IDEMPOTENCY_DAYS. */
@Entity('idempotency_keys')
@Index(['createdAt'])
@Unique(['userId', 'idempotencyKey'])
export class IdempotencyKey {
  @IdColumn() id: number;
  /** A user or a citizen account. */
  @BigIntColumn() userId: number;
  @KeyColumn(100) idempotencyKey: string;
  @KeyColumn(64) requestHash: string;
  @JsonColumn() response: unknown;
  @InstantColumn() createdAt: string;
}

const COLUMNS = ['id', 'userId', 'idempotencyKey', 'requestHash', 'response', 'createdAt'] as const;

@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,100}$/.test(key))
      throw new Problem('http.idempotency-key-required');
    const act = () => this.uow.run(() => this.once(request, key, next));
    // Two at once with one key: the second waits at the unique index, then looks again and finds the first's answer.
    return from(act().catch((error: unknown) => (isUniqueViolation(error) ? act() : Promise.reject(error as Error))));
  }

  private async once(request: FastifyRequest, key: string, next: CallHandler): Promise<unknown> {
    const userId = callerId(request);
    const requestHash = createHash('sha256')
      .update(`${request.method} ${request.url}\n${canonical(request.body)}`)
      .digest('hex');
    // Plain statements: every act with money goes through here.
    const [known] = await this.store.sql<{ hash: string; response: string }>(
      `SELECT "request_hash" AS "hash", "response" FROM "idempotency_keys" WHERE "user_id" = ? AND "idempotency_key" = ?`,
      [userId, key],
    );
    if (known) {
      if (known.hash !== requestHash) throw new Problem('http.idempotency-mismatch');
      return JSON.parse(known.response) as unknown;
    }
    const id = await this.ids.one();
    const createdAt = this.clock.now();
    // Before the act, or the second of two would be refused by what the first has just done.
    await this.store.bulkInsert(IdempotencyKey, COLUMNS, [[id, userId, key, requestHash, '{}', createdAt]]);
    const response: unknown = await firstValueFrom(next.handle());
    await this.store.sql('UPDATE "idempotency_keys" SET "response" = ? WHERE "id" = ?', [
      JSON.stringify(response ?? null),
      id,
    ]);
    return response;
  }
}

/** A number that JSON can write and nothing can hold, such as 1e400, is read as infinite. */
function canonical(body: unknown): string {
  try {
    return canonicalize(body ?? null)!;
  } catch {
    throw new Problem('http.bad-request');
  }
}

/** The route acts once for each `Idempotency-Key`; the answer is stored in the unit of work that acts. */
export const Idempotent = (): MethodDecorator =>
  applyDecorators(
    SetMetadata('idempotent', true),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'a new random value for each act; the same value again gets the first answer',
      schema: { type: 'string', maxLength: 100, example: '6f1c2b7e-counter-3' },
    }),
    Refuses('http.idempotency-key-required', 'http.idempotency-mismatch'),
  );
