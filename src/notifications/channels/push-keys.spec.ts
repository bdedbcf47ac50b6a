import { createECDH, randomBytes } from 'node:crypto';
import { faultOfKeys } from './push-keys';

const point = createECDH('prime256v1').generateKeys();
const auth = randomBytes(16).toString('base64url');
const p256dh = point.toString('base64url');
const offCurve = Buffer.from(point);
offCurve[64]! ^= 1;

describe('keys of a browser', () => {
  it('are good as browsers make them, in either alphabet', () => {
    expect(faultOfKeys({ p256dh, auth })).toBeNull();
    const padded = { p256dh: point.toString('base64'), auth: Buffer.from(auth, 'base64url').toString('base64') };
    expect(faultOfKeys(padded)).toBeNull();
  });

  it.each([
    ['', auth, 'p256dh'],
    ['BNcRdre', auth, 'p256dh'],
    [offCurve.toString('base64url'), auth, 'p256dh'],
    [createECDH('prime256v1').generateKeys('base64url', 'compressed'), auth, 'p256dh'],
    [createECDH('secp256k1').generateKeys('base64url'), auth, 'p256dh'],
    [`${p256dh}\r\nX: 1`, auth, 'p256dh'],
    [p256dh, 'tBHItJI5', 'auth'],
    [p256dh, '', 'auth'],
    [p256dh, randomBytes(17).toString('base64url'), 'auth'],
  ])('%j, %j: %s', (key, secret, fault) => {
    expect(faultOfKeys({ p256dh: key, auth: secret })).toBe(fault);
  });
});
