import { createHash } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import { emailPage } from './email-page';
import type { ChannelProvider, Outcome, OutgoingMessage } from './channel-provider';

/** A server that hangs holds up what is sent by other channels, too. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** Mail by SMTP. The same reference has the same Message-ID, by which mail servers and readers know a mail again. */
export class EmailProvider implements ChannelProvider {
  readonly name = 'smtp';
  readonly channel = 'EMAIL';
  private readonly transport: Transporter;
  private readonly domain: string;

  /** @param url `smtps://user:password@host:465` @param from `name <address>` */
  constructor(
    url: string,
    private readonly from: string,
    readonly perMinute?: number,
    private readonly unsubscribe: (message: OutgoingMessage) => string | null = () => null,
  ) {
    this.transport = createTransport({
      ...{ url, pool: true, maxRequeues: 0, disableFileAccess: true, disableUrlAccess: true },
      ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    } as never);
    this.domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  }

  async send(messages: readonly OutgoingMessage[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const message of messages) outcomes.push(await this.one(message));
    return outcomes;
  }

  /** Ends the connections that it keeps. */
  close(): void {
    this.transport.close();
  }

  private async one(message: OutgoingMessage): Promise<Outcome> {
    const { reference, to, subject, language } = message;
    const url = this.unsubscribe(message);
    const body = url === null ? message.body : `${message.body}\n\n${UNSUBSCRIBE[language]}: ${url}`;
    const id = createHash('sha256').update(reference).digest('hex').slice(0, 40);
    try {
      await this.transport.sendMail({
        from: this.from,
        to: { name: '', address: to },
        subject: subject ?? '',
        text: body,
        html: emailPage(body, language),
        messageId: `<${id}@${this.domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language, ...oneClick(url) },
      });
      return { state: 'SENT', reference: id };
    } catch (error) {
      return failureOf(error as SmtpError);
    }
  }
}

const UNSUBSCRIBE = { ar: 'لإيقاف هذه الرسائل', en: 'To stop these messages' };

/** RFC 8058: the mail program's own button. */
const oneClick = (url: string | null): Record<string, string> =>
  url === null ? {} : { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

interface SmtpError {
  code?: string;
  response?: string;
  responseCode?: number;
  command?: string;
}

/** Policy: of relays, senders, lists of blocked servers (RFC 3463, X.7). */
const POLICY = /^5\d\d[ -]5\.7\./;

/** What is said before a recipient is named is about us or the server. */
const ABOUT_A_MAIL = ['RCPT TO', 'DATA'];

/**
 * 5xx for a recipient is the end of that address, but for what the server lets nobody do; other refusals are ours or the
 * server's (RFC 5321, 4.2).
 */
export function failureOf({ code, response = '', responseCode = 0, command }: SmtpError): Outcome {
  const named = responseCode > 0 ? `smtp-${responseCode}` : (code ?? 'error').toLowerCase();
  const isOfAddress = command === 'RCPT TO' && !POLICY.test(response);
  if (responseCode >= 500 && isOfAddress) return { state: 'PERMANENT_FAILURE', code: named };
  const isOutage = responseCode === 0 || responseCode === 421 || !ABOUT_A_MAIL.includes(command ?? '');
  const outage = isOutage && { outage: true };
  if (responseCode >= 400 && responseCode < 500) return { state: 'TEMPORARY_FAILURE', code: named, ...outage };
  return { state: 'TECHNICAL_FAILURE', code: named, ...outage };
}
