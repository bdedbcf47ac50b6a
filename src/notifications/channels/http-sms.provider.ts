import { UNSURE_CODES, type ChannelProvider, type Outcome, type OutgoingMessage } from './channel-provider';
import { filled, textAt, type SmsProfile } from './sms-profile';

/** Errors of a connection that was never made, or never trusted: nothing can have been taken. */
const NOT_REACHED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|(ERR_TLS|ERR_SSL|CERT|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)_\w+)$/;

/** Text messages over the HTTP interface of an operator, as its profile describes it. */
export class HttpSmsProvider implements ChannelProvider {
  readonly channel = 'SMS';
  readonly perMinute?: number;
  readonly leavesUnsure: boolean;

  constructor(
    readonly name: string,
    private readonly profile: SmsProfile,
    perMinute: number,
  ) {
    this.perMinute = profile.perMinute ?? perMinute;
    this.leavesUnsure = profile.unsure === 'leave';
  }

  async send(messages: readonly OutgoingMessage[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    let next = 0;
    const work = async () => {
      while (next < messages.length) {
        const at = next++;
        outcomes[at] = await this.one(messages[at]!);
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.profile.concurrency, messages.length) }, work));
    return outcomes;
  }

  /**
   * What may have been taken (no answer in time, a connection that broke, the answer of a gateway) is for the same provider
   * alone, under the same reference; only where nothing was reached, or was surely not taken, may another one try.
   */
  private async one(message: OutgoingMessage): Promise<Outcome> {
    const { url, method, headers, timeoutSeconds, form } = this.profile;
    const body = this.bodyOf(message);
    try {
      const answer = await fetch(url, {
        method,
        headers: { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json', ...headers },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
      });
      return this.judge(answer.status, await jsonOf(answer));
    } catch (error) {
      const code = reasonOf(error);
      return NOT_REACHED.test(code)
        ? { state: 'TECHNICAL_FAILURE', code: code.toLowerCase(), outage: true }
        : { state: 'TEMPORARY_FAILURE', code: code === 'TimeoutError' ? 'timeout' : 'no-answer', outage: true };
    }
  }

  private bodyOf({ to, body: text, reference }: OutgoingMessage): string {
    const { numbers, body, form } = this.profile;
    const number = { e164: to, plain: to.slice(1), national: `0${to.slice(4)}` }[numbers];
    const values = filled(body, { to: number, text, reference });
    return form ? new URLSearchParams(values as Record<string, string>).toString() : JSON.stringify(values);
  }

  private judge(status: number, answer: unknown): Outcome {
    const rule = this.profile.answers.find(
      (each) =>
        (each.status === undefined || each.status === status) &&
        (each.pointer === undefined || textAt(answer, each.pointer) === each.equals),
    );
    const code = (rule?.pointer && textAt(answer, rule.pointer)) ?? `http-${status}`;
    const state = rule?.as ?? usual(status);
    if (state === 'PERMANENT_FAILURE') return { state, code };
    if (state !== 'SENT') return { state, code, ...(rule?.pointer === undefined && outageOf(status)) };
    const reference = this.profile.reference === undefined ? undefined : textAt(answer, this.profile.reference);
    return { state, ...(reference !== undefined && { reference: reference.slice(0, 150) }) };
  }
}

/** Of an answer that no rule names: that it is the contact's fault is never guessed, and what may have been taken stays. */
const usual = (status: number) => {
  if (status < 300) return 'SENT';
  return UNSURE_CODES.includes(`http-${status}`) ? 'TEMPORARY_FAILURE' : 'TECHNICAL_FAILURE';
};

/** About us (who we are, what we paid, where we ask, how often) or about the operator, and not about the message. */
const outageOf = (status: number) =>
  (status >= 500 || [401, 402, 403, 404, 405, 407, 408, 429].includes(status)) && { outage: true };

const reasonOf = (error: unknown): string => {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'error';
};

async function jsonOf(answer: Response): Promise<unknown> {
  try {
    return JSON.parse((await answer.text()).slice(0, 100_000));
  } catch {
    return null;
  }
}
