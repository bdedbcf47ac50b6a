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
    const endpoint = { salt: 'salt', previous: [] };
    const headers = signatureHeaders(INSTALLATION, endpoint, { id: 'evt_1', at, body });
    expect(headers['webhook-timestamp']).toBe('1795507200');
    expect(headers['webhook-signature']).toBe(new Webhook(secret).sign('evt_1', new Date(at), body));
  });

  it('is made with every secret until the time of each is over', () => {
    const [salt, second, first] = [newSalt(), newSalt(), newSalt()];
    const previous = [
      { salt: second, until: '2026-11-25T08:00:00.000Z' },
      { salt: first, until: '2026-11-24T20:00:00.000Z' },
    ];
    const signatures = (at: string) =>
      signatureHeaders(INSTALLATION, { salt, previous }, { id: 'evt_1', at, body })['webhook-signature']!.split(' ');
    const by = (at: string, ...salts: string[]) =>
      salts.map((each) => new Webhook(endpointSecret(INSTALLATION, each)).sign('evt_1', new Date(at), body));
    const [within, before] = ['2026-11-24T19:59:59.999Z', '2026-11-25T07:59:59.999Z'];
    expect(signatures(within)).toEqual(by(within, salt, second, first));
    expect(signatures(before)).toEqual(by(before, salt, second));
    expect(signatures(previous[0]!.until)).toEqual(by(previous[0]!.until, salt));
  });
});
