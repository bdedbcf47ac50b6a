import { createHmac, randomBytes } from 'node:crypto';
import { compare, type Instant } from '@libs/calendar';
import { Webhook } from 'standardwebhooks';
import type { WebhookEndpoint } from './webhook.entities';

export const newSalt = (): string => randomBytes(16).toString('hex');

/**
 * The signing secret of an endpoint, as Standard Webhooks writes it. It is derived from the installation's secret and
 * the salt, so that whoever reads the table cannot sign.
 */
export function endpointSecret(installationSecret: string, salt: string): string {
  const key = createHmac('sha256', installationSecret).update('webhook-endpoint').digest();
  return `whsec_${createHmac('sha256', key).update(salt).digest('base64')}`;
}

/** The headers of Standard Webhooks; while a secret is being changed both sign, and either one verifies. */
export function signatureHeaders(
  installationSecret: string,
  { salt, previousSalt, previousUntil }: Pick<WebhookEndpoint, 'salt' | 'previousSalt' | 'previousUntil'>,
  { id, at, body }: { id: string; at: Instant; body: string },
): Record<string, string> {
  const overlaps = previousSalt !== null && previousUntil !== null && compare(at, previousUntil) < 0;
  const time = new Date(at);
  const signatures = [salt, ...(overlaps ? [previousSalt] : [])].map((each) =>
    new Webhook(endpointSecret(installationSecret, each)).sign(id, time, body),
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}
