import { Webhook } from 'standardwebhooks';
import { endpointSecret, newSalt, signatureHeaders } from './endpoint-secrets';

const INSTALLATION = 'the secret of an installation';
const body = '{"id":"evt_1"}';

describe('the signature of a webhook', () => {
  it('is the HMAC of Standard Webhooks that any other program computes', () => {
    // printf 'evt_1.1795507200.{"id":"evt_1"}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | base64
    const secret = endpointSecret(INSTALLATION, 'salt');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const at = '2026-11-24T08:00:00.000Z';
    const endpoint = { salt: 'salt', previousSalt: null, previousUntil: null };
    const headers = signatureHeaders(INSTALLATION, endpoint, { id: 'evt_1', at, body });
    expect(headers['webhook-timestamp']).toBe('1795507200');
    expect(headers['webhook-signature']).toBe(new Webhook(secret).sign('evt_1', new Date(at), body));
  });

  it('is made with both secrets until the time of the old one is over', () => {
    const [salt, previousSalt] = [newSalt(), newSalt()];
    const previousUntil = '2026-11-25T08:00:00.000Z';
    const signatures = (at: string) =>
      signatureHeaders(INSTALLATION, { salt, previousSalt, previousUntil }, { id: 'evt_1', at, body })[
        'webhook-signature'
      ]!.split(' ');
    const by = (each: string, at: string) =>
      new Webhook(endpointSecret(INSTALLATION, each)).sign('evt_1', new Date(at), body);
    const before = '2026-11-25T07:59:59.999Z';
    expect(signatures(before)).toEqual([by(salt, before), by(previousSalt, before)]);
    expect(signatures(previousUntil)).toEqual([by(salt, previousUntil)]);
  });
});
