import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Lane } from '@libs/outbox';
import type { Channel, Language } from '../templates/template.entity';

export interface OutgoingMessage {
  messageId: number;
  /** The same reference again is the same message: it is taken once. */
  reference: string;
  channel: Channel;
  /** As in {@link Message.recipient}. */
  to: string;
  oneRecordId: number | null;
  topic: string;
  subject: string | null;
  body: string;
  /** A path of ours. */
  link: string | null;
  lane: Lane;
  language: Language;
  segments: number;
  /** That was asked last, and may have taken it. */
  provider: string | null;
  /** The code of what that provider failed at last. */
  failed?: string | null;
  /** That provider broke off without an answer once: nobody but it knows whether it has the message. */
  unsure?: boolean;
}

/**
 * What became of a message: taken (SENT, DELIVERED where taking is delivering, PENDING where somebody has to do more), or
 * a failure. PERMANENT: this contact will never work. TEMPORARY: later, by the same provider. TECHNICAL: the provider does
 * not work; another may. An outage is no fault of the message, which waits for the end of it as long as it may.
 */
export type Outcome =
  | { state: 'SENT' | 'PENDING' | 'DELIVERED'; reference?: string }
  | { state: 'TEMPORARY_FAILURE' | 'TECHNICAL_FAILURE'; code: string; outage?: boolean }
  | { state: 'PERMANENT_FAILURE'; code: string };

/**
 * Codes of temporary failures after which nobody but the provider knows whether it has the message: it was asked, and no
 * answer of its own came back. In words of HTTP: a gateway that got a wrong answer or none (502, 504; 520 to 524 of one
 * well-known kind of gateway), or a fault in the middle of the work (500). 503 says that the work was not begun.
 */
const UNSURE_STATUSES = [500, 502, 504, 520, 521, 522, 523, 524];
export const UNSURE_CODES = ['timeout', 'no-answer', ...UNSURE_STATUSES.map((status) => `http-${status}`)];

export const mayHaveBeenTaken = (outcome: Outcome): boolean =>
  outcome.state === 'TEMPORARY_FAILURE' && UNSURE_CODES.includes(outcome.code);

/** A way to the citizens. */
export interface ChannelProvider {
  /** Of all providers one; at most 40 characters. */
  readonly name: string;
  readonly channel: Channel;
  /** Messages a minute; undefined: as many as come. */
  readonly perMinute?: number;
  /** What it may have taken is not asked of it again, for it would come twice: it does not know references. */
  readonly leavesUnsure?: boolean;
  /**
   * One outcome a message, in their order; what {@link mayHaveBeenTaken} is told by its code. Never called inside a unit of work. What it throws is taken as a technical
   * failure of all; errors and codes never quote the words of a message.
   */
  send(messages: readonly OutgoingMessage[]): Promise<Outcome[]>;
  /** Ends the connections that it keeps. */
  close?(): void;
}

/** The providers that are set up, by channel in the order in which they are tried. */
@Injectable()
export class ChannelProviders implements OnApplicationShutdown {
  constructor(private readonly providers: readonly ChannelProvider[]) {}

  onApplicationShutdown(): void {
    for (const provider of this.providers) provider.close?.();
  }

  of(channel: Channel): readonly ChannelProvider[] {
    return this.providers.filter((provider) => provider.channel === channel);
  }

  /** As {@link of}, the one first that was asked last: it knows what it has taken. */
  after(channel: Channel, asked: string | null): readonly ChannelProvider[] {
    const all = this.of(channel);
    return [...all.filter(({ name }) => name === asked), ...all.filter(({ name }) => name !== asked)];
  }

  /** By name; undefined for one that is not set up. */
  named(name: string): ChannelProvider | undefined {
    return this.providers.find((provider) => provider.name === name);
  }
}
