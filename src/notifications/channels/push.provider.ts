import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import type { RequestOptions } from 'web-push';
import type { ChannelProvider, Outcome, OutgoingMessage } from './channel-provider';
import { PushSubscription } from './channel.entities';
import { isOfService } from './push-subscriptions';

const TIMEOUT_MS = 10_000;
const LIFE_SECONDS = 24 * 3600;

/** Web push (RFC 8030, 8291, 8292) to the browsers of citizens. */
export class PushProvider implements ChannelProvider {
  readonly name = 'web-push';
  readonly channel = 'PUSH';

  constructor(
    private readonly store: Store,
    private readonly hosts: readonly string[],
    private readonly keys: { publicKey: string; privateKey: string; subject: string },
    readonly perMinute?: number,
  ) {}

  async send(messages: readonly OutgoingMessage[]): Promise<Outcome[]> {
    const found = await this.store.reads(PushSubscription).findBy({ id: In(messages.map(({ to }) => Number(to))) });
    const browsers = new Map(found.map((each) => [String(each.id), each]));
    return Promise.all(messages.map((message) => this.one(message, browsers.get(message.to))));
  }

  private async one({ subject, body, link, lane }: OutgoingMessage, browser?: PushSubscription): Promise<Outcome> {
    // Also one that was taken when addresses were looked at less closely, or whose service is trusted no more.
    const isGone = !browser || browser.endedAt !== null || !isOfService(browser.endpoint, this.hosts);
    if (isGone) return { state: 'PERMANENT_FAILURE', code: 'gone' };
    const { endpoint, p256dh, auth } = browser;
    const options: RequestOptions = {
      vapidDetails: this.keys,
      TTL: LIFE_SECONDS,
      timeout: TIMEOUT_MS,
      urgency: lane === 'OTP' || lane === 'EMERGENCY' ? 'high' : 'normal',
    };
    const { sendNotification } = await import('web-push');
    try {
      const payload = JSON.stringify({ title: subject, body, link });
      await sendNotification({ endpoint, keys: { p256dh, auth } }, payload, options);
      return { state: 'SENT' };
    } catch (error) {
      return pushFailureOf(error as { statusCode?: number });
    }
  }
}

/** 404 and 410 end a subscription (RFC 8030, 7.3). */
export function pushFailureOf({ statusCode }: { statusCode?: number }): Outcome {
  if (statusCode === undefined) return { state: 'TEMPORARY_FAILURE', code: 'no-answer', outage: true };
  const code = `http-${statusCode}`;
  if (statusCode === 404 || statusCode === 410) return { state: 'PERMANENT_FAILURE', code };
  if (statusCode === 429 || statusCode >= 500) return { state: 'TEMPORARY_FAILURE', code, outage: true };
  return { state: 'TECHNICAL_FAILURE', code };
}
