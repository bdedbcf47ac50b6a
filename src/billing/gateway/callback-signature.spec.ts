import fc from 'fast-check';
import { checkSignature, SIGNATURE_HEADER, signed, TIMESTAMP_HEADER } from './callback-signature';

const NOW = '2026-11-24T08:00:00.000Z';
const check = { secret: 'one secret', window: 300, now: NOW };
const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each));

describe('signature of a callback', () => {
  it('is the HMAC of time and bytes that any other program computes', () => {
    // echo -n '1795507200.{}' | openssl dgst -sha256 -hmac 'one secret'
    const { headers } = signed('one secret', Buffer.from('{}'), NOW);
    expect(headers[TIMESTAMP_HEADER]).toBe('1795507200');
    expect(headers[SIGNATURE_HEADER]).toBe('59bc484b1bf1471a471d3c9f7c24d56634dff5bb0f5242c2aa21b1e9e497642b');
  });

  it('holds for the bytes that were signed, and for no others', () => {
    fc.assert(
      fc.property(bytes, bytes, (body, other) => {
        const callback = signed('one secret', body, NOW);
        expect(checkSignature(callback, check)).toBe('genuine');
        expect(checkSignature({ ...callback, body: other }, check)).toBe(body.equals(other) ? 'genuine' : 'forged');
        expect(checkSignature(callback, { ...check, secret: 'another' })).toBe('forged');
      }),
    );
  });

  it.each([-301, -300, 0, 300, 301])('made %i seconds from now', (seconds) => {
    const made = new Date(Date.parse(NOW) + seconds * 1000).toISOString();
    const verdict = checkSignature(signed('one secret', Buffer.from('{}'), made), check);
    expect(verdict).toBe(Math.abs(seconds) <= 300 ? 'genuine' : 'stale');
  });

  it('is there once, and in its form', () => {
    const { headers, body } = signed('one secret', Buffer.from('{}'), NOW);
    const [time, sign] = [headers[TIMESTAMP_HEADER] as string, headers[SIGNATURE_HEADER] as string];
    for (const [timestamp, signature] of [
      [undefined, sign],
      [time, undefined],
      [[time, time], sign],
      [time, [sign, sign]],
      [time, sign.toUpperCase()],
      [time, sign.slice(2)],
      [time, `${sign}00`],
      [`0${time}`, sign],
      [`${time}.0`, sign],
      ['', sign],
      [time, ''],
    ]) {
      const given = { body, headers: { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: signature } };
      expect(checkSignature(given, check)).toBe('forged');
    }
  });
});
