import { deviceLabel, keyOfLogin, loginName, maskAddress, personalWords, sourceOf } from './logins.rules';

describe('what a citizen logs in by', () => {
  it.each([
    ['2026-000042', 'number:2026-000042'],
    [' ٢٠٢٦-٠٠٠٠٤٢ ', 'number:2026-000042'],
    ['2026000042', 'number:2026-000042'],
    ['\u202e2026-000042', 'number:2026-000042'],
    ['123456782', 'documentKey:national-id:123456782'],
    ['١٢٣٤٥٦٧٨٢', 'documentKey:national-id:123456782'],
    ['12345678', 'documentKey:national-id:123456782'],
    ['000000000', 'unknown:000000000'],
    ['Clerk', 'unknown:clerk'],
    ['0599123456', 'unknown:0599123456'],
    ['', 'unknown:'],
  ])('%j: %s', (typed, key) => expect(keyOfLogin(loginName(typed))).toBe(key));
});

describe('the label of a device', () => {
  it.each([
    ['هاتف سامي', 'هاتف سامي'],
    ['Nokia\r\nSet-Cookie: a=b', 'Nokia Set-Cookie: a=b'],
    ['\u202Egpj.exe\u202C', 'gpj.exe'],
    ['\u2067 \u200f', null],
    ['a\u0000b\u0007c', 'a b c'],
    [undefined, null],
  ])('%j is shown as %j', (given, label) => expect(deviceLabel(given)).toBe(label));
});

describe('an address', () => {
  it.each([
    ['10.1.4.23', '10.1.*.*'],
    ['::ffff:10.1.4.23', '10.1.*.*'],
    ['2001:db8:85a3::8a2e', '2001:db8:*'],
    ['::1', '::*'],
    ['no address', null],
    [null, null],
  ])('%j is shown as %j', (address, masked) => expect(maskAddress(address)).toBe(masked));
});

describe('tries', () => {
  it.each([
    ['10.1.4.23', '10.1.4.23'],
    ['::ffff:10.1.4.23', '10.1.4.23'],
    ['2001:db8:85a3:7::1', '2001:db8:85a3:7::/64'],
    ['2001:db8:85a3:7:ffff:ffff:ffff:ffff', '2001:db8:85a3:7::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['no address', 'unknown'],
    [null, 'unknown'],
  ])('of %j count for %s', (address, source) => expect(sourceOf(address)).toBe(source));
});

it('knows what others know of a citizen', () => {
  const nameParts = { given: 'عبد الله', family: 'الخياط' };
  const record = { nameParts, documentNumber: '123456782', phoneE164: '+970599123456', number: '2026-000042' };
  expect(personalWords(record)).toEqual(['عبد', 'الله', 'الخياط', '123456782', '599123456', '2026-000042']);
});
