import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import type { Lane } from './lanes';
import { OutboxMessage, ProcessedMessage } from './outbox.entities';

/** A kind of message: its payload's shape is `T`. */
export interface MessageType<T> {
  readonly name: string;
  readonly lane: Lane;
  /** The payload is erased once the message is done or dead. */
  readonly secret: boolean;
  readonly payload?: T;
}

/** What stands in the place of the payload of a secret message that has been dealt with. */
export const ERASED = { erased: true };

export const isErased = (payload: unknown): boolean => (payload as Partial<typeof ERASED>).erased === true;

const types = new Map<string, MessageType<unknown>>();

/** Declares a kind of message; the process does not start unless exactly one handler takes it. */
export function defineMessage<T>(
  name: string,
  lane: Lane = 'TRANSACTIONAL',
  options: { secret?: boolean } = {},
): MessageType<T> {
  if (types.has(name)) throw new Error(`message ${name} is defined twice`);
  const type: MessageType<T> = { name, lane, secret: options.secret ?? false };
  types.set(name, type);
  return type;
}

export const messageTypes = (): ReadonlyMap<string, MessageType<unknown>> => types;

/** Told after a commit that new messages wait. */
export abstract class OutboxNudge {
  abstract nudge(): void;
}

/** What stands in a new row; the rest is null. */
const NEW = ['id', 'type', 'lane', 'state', 'payload', 'availableAt', 'attempts', 'postponed', 'createdAt'] as const;

@Injectable()
export class Outbox {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly uow: UnitOfWork,
    private readonly relay: OutboxNudge,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Inside a unit of work: the message leaves if and only if the unit commits. @returns its id */
  async add<T>(type: MessageType<T>, payload: T, availableAt = this.clock.now()): Promise<number> {
    const [id] = await this.addMany(type, [payload], availableAt);
    return id!;
  }

  /** As {@link add}, for thousands at a time. @returns their ids, in the order of the payloads */
  async addMany<T>(type: MessageType<T>, payloads: readonly T[], availableAt = this.clock.now()): Promise<number[]> {
    const ids = await this.ids.many(payloads.length);
    const { name, lane } = type;
    const createdAt = this.clock.now();
    const rows = payloads.map((payload, at) => {
      return [ids[at], name, lane, 'PENDING', JSON.stringify(payload), availableAt, 0, 0, createdAt];
    });
    await this.store.bulkInsert(OutboxMessage, NEW, rows);
    this.uow.afterCommit(() => this.relay.nudge());
    return ids;
  }

  /** @returns false when this handler has dealt with the message before; otherwise marks it, in the active unit */
  async firstTime(handler: string, messageId: number): Promise<boolean> {
    if (await this.knows(handler, messageId)) return false;
    const row = { id: await this.ids.one(), handler, messageId, processedAt: this.clock.now() };
    await this.store.insert(ProcessedMessage, row);
    return true;
  }

  /** Whether the handler has dealt with the message: {@link firstTime}, without marking it. */
  knows(handler: string, messageId: number): Promise<boolean> {
    return this.store.reads(ProcessedMessage).existsBy({ handler, messageId });
  }
}
