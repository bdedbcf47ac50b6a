import { Injectable, SetMetadata } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { messageTypes, type MessageType } from './outbox';

const HANDLES = 'outbox:handles';

export interface Delivery {
  messageId: number;
  /** 1 for the first try. */
  attempt: number;
  /** If it throws (and not {@link Postponed}), the message is a dead letter. */
  last: boolean;
}

/**
 * Thrown by a handler that cannot go on for a reason that is not the message's, such as a server of others that is away:
 * tried again with growing pauses for as long as that takes, and never a dead letter for it.
 */
export class Postponed extends Error {
  /** @param longestPause in seconds */
  constructor(
    why: string,
    readonly longestPause: number,
  ) {
    super(why);
  }
}

export type Handler = (payload: unknown, delivery: Delivery) => Promise<void>;

/** The method takes messages of `types`: `(payload, delivery) => Promise<void>`. It may be called again for the same message. */
export const Handles = <T>(...types: MessageType<T>[]): MethodDecorator =>
  SetMetadata(
    HANDLES,
    types.map(({ name }) => name),
  );

@Injectable()
export class HandlerRegistry {
  private handlers: Map<string, Handler> | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  of(type: string): Handler | undefined {
    this.handlers ??= this.collect();
    return this.handlers.get(type);
  }

  /** @throws when a message type has no handler or two */
  check(): void {
    this.handlers = this.collect();
    const missing = [...messageTypes().keys()].filter((type) => !this.handlers?.has(type));
    if (missing.length > 0) throw new Error(`messages without a handler: ${missing.join(', ')}`);
  }

  private collect(): Map<string, Handler> {
    const scanner = new MetadataScanner();
    const handlers = new Map<string, Handler>();
    for (const { instance } of this.discovery.getProviders()) {
      if (!instance || typeof instance !== 'object') continue;
      const methods = instance as Record<string, Handler>;
      for (const name of scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        const method = (Object.getPrototypeOf(instance) as Record<string, Handler>)[name];
        for (const type of (method && this.reflector.get<string[] | undefined>(HANDLES, method)) ?? []) {
          if (handlers.has(type)) throw new Error(`message ${type} has two handlers`);
          handlers.set(type, (payload, delivery) => methods[name]!(payload, delivery));
        }
      }
    }
    return handlers;
  }
}
