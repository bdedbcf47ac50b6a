import type { Lane } from '@libs/outbox';

export interface OutgoingSms {
  /** The same reference again is the same message: it is taken once. */
  reference: string;
  /** E.164. */
  to: string;
  text: string;
  lane: Lane;
}

/** A way to the telephone network. */
export abstract class SmsProvider {
  /**
   * Resolves once the provider has taken the message; never called inside a unit of work.
   * @throws when it should be tried again later; the error never quotes the text
   */
  abstract send(message: OutgoingSms): Promise<void>;
}
