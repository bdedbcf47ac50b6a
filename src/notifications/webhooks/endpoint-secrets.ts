import { createHmac, randomBytes } from 'node:crypto';
import { compare, type Instant } from '@libs/calendar';
import { Webhook } from 'standardwebhooks';
import type { PreviousSecret, WebhookEndpoint } from './webhook.entities';

export const newSalt = (): string => randomBytes(16).toString('hex');

/**
 * The signing secret of an endpoint, as Standard Webhooks writes it. It is derived from the installation's secret and
 * the salt, so that whoever reads the table cannot sign.
 */
export function endpointSecret(installationSecret: string, salt: string): string {
  const key = createHmac('sha256', installationSecret).update('webhook-endpoint').digest();
  return `whsec_${createHmac('sha256', key).update(salt).digest('base64')}`;
}

/** Those of the secrets before whose time is not over. */
export const stillSigning = (previous: readonly PreviousSecret[], at: Instant): PreviousSecret[] =>
  previous.filter(({ until }) => compare(at, until) < 0);

/** The headers of Standard Webhooks; while a secret is being changed all of them sign, and any one verifies. */
export function signatureHeaders(
  installationSecret: string,
  { salt, previous }: Pick<WebhookEndpoint, 'salt' | 'previous'>,
  { id, at, body }: { id: string; at: Instant; body: string },
): Record<string, string> {
  const time = new Date(at);
  const signatures = [{ salt }, ...stillSigning(previous, at)].map((each) =>
    new Webhook(endpointSecret(installationSecret, each.salt)).sign(id, time, body),
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}
