import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { checkBody, Problem } from '@libs/http';
import { ChannelProviders } from '../channels/channel-provider';
import { SMS_PROFILES, type SmsProfiles } from '../channels/set-up';
import { textAt, type SmsProfile } from '../channels/sms-profile';
import { REPORTED, type ReportedState } from '../messages/message-state.rules';
import { CALLBACKS } from './callback.problems';
import { Reports, type Report } from './reports';

export const TIMESTAMP_HEADER = 'x-provider-timestamp';
export const SIGNATURE_HEADER = 'x-provider-signature';
export const WINDOW_SECONDS = 300;
const MOST_REPORTS = 1000;

type Reading = NonNullable<SmsProfile['reports']>;

/** How our own sandbox reports, and any provider that keeps to it. */
const PLAIN = {
  reference: '/reference',
  ours: '/ours',
  status: '/status',
  code: '/code',
  states: Object.fromEntries(REPORTED.map((state) => [state, state])) as Record<string, ReportedState>,
};

/** What providers tell us of messages. What is not signed is told to the log alone, so that strangers fill no table. */
@Injectable()
export class DeliveryCallbacks {
  private readonly logger = new Logger(DeliveryCallbacks.name);

  constructor(
    private readonly reports: Reports,
    private readonly providers: ChannelProviders,
    @Inject(SMS_PROFILES) private readonly profiles: SmsProfiles,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @returns how many reports were taken and how many of them were news
   * @throws {Problem} http.not-found, notifications.callback-forged, -unreadable
   */
  async receive(
    provider: string,
    headers: Record<string, unknown>,
    body: Buffer,
  ): Promise<{ taken: number; news: number }> {
    const reading = this.readingOf(provider);
    const given = { timestamp: headers[TIMESTAMP_HEADER], signature: headers[SIGNATURE_HEADER] };
    const verdict = checkBody(given, body, { secret: reading.secret, window: WINDOW_SECONDS, now: this.clock.now() });
    if (verdict !== 'genuine') {
      this.logger.warn(`callback of ${provider} refused: ${verdict}`);
      throw new Problem(CALLBACKS['notifications.callback-forged']);
    }
    const reports = reportsIn(provider, body, reading);
    let news = 0;
    for (const report of reports) news += await this.reports.take(report);
    return { taken: reports.length, news };
  }

  private readingOf(provider: string): Reading {
    if (!this.providers.named(provider)) throw new Problem('http.not-found');
    const own = this.profiles.get(provider);
    if (own?.reports) return own.reports;
    const { providerCallbackSecret: secret } = this.config;
    if (secret === undefined || own) throw new Problem('http.not-found');
    return { ...PLAIN, secret };
  }
}

function reportsIn(provider: string, body: Buffer, reading: Reading): Report[] {
  let document: unknown;
  try {
    document = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem(CALLBACKS['notifications.callback-unreadable']);
  }
  const list = Array.isArray(document) ? (document as unknown[]) : [document];
  const reports = list.map((each) => reportOf(provider, each, reading));
  if (reports.length > MOST_REPORTS || reports.includes(null)) {
    throw new Problem(CALLBACKS['notifications.callback-unreadable']);
  }
  return reports as Report[];
}

function reportOf(provider: string, document: unknown, reading: Reading): Report | null {
  const at = (pointer: string | undefined, most: number) =>
    (pointer === undefined ? undefined : textAt(document, pointer))?.slice(0, most) ?? null;
  const status = at(reading.status, 60);
  const state = status === null ? undefined : Object.entries(reading.states).find(([name]) => name === status)?.[1];
  const [ours, theirs] = [at(reading.ours, 150), at(reading.reference, 150)];
  if (!state || (ours === null && theirs === null)) return null;
  return { provider, ours, theirs, state, code: at(reading.code, 60) };
}
