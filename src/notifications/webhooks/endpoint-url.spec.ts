import fc from 'fast-check';
import { isPublicAddress, urlFault } from './endpoint-url';

describe('the address of an endpoint', () => {
  it.each([
    ['https://erp.example.org/hooks', null],
    ['https://erp.example.org:8443/hooks?tenant=1', null],
    ['https://93.184.216.34/', null],
    ['https://[2606:4700::1111]/', null],
    ['http://erp.example.org/', 'https'],
    ['ftp://erp.example.org/', 'https'],
    ['javascript:alert(1)', 'https'],
    ['https://user:secret@erp.example.org/', 'credentials'],
    ['https://token@erp.example.org/', 'credentials'],
    ['https://erp.example.org/#part', 'fragment'],
    ['erp.example.org', 'url'],
    ['https://', 'url'],
    ['https://localhost/', 'privateAddress'],
    ['https://api.LOCALHOST./', 'privateAddress'],
    ['https://127.0.0.1/', 'privateAddress'],
    ['https://2130706433/', 'privateAddress'],
    ['https://0x7f.1/', 'privateAddress'],
    ['https://169.254.169.254/latest/meta-data', 'privateAddress'],
    ['https://[::1]/', 'privateAddress'],
    ['https://[::ffff:169.254.169.254]/', 'privateAddress'],
  ])('%s: %s', (url, fault) => {
    expect(urlFault(url, false)).toBe(fault);
  });

  it('may be a private one over plain HTTP where that is allowed, but never carries a password', () => {
    expect(urlFault('http://127.0.0.1:8080/hook', true)).toBeNull();
    expect(urlFault('http://a:b@127.0.0.1/', true)).toBe('credentials');
    expect(urlFault('ftp://127.0.0.1/', true)).toBe('https');
  });

  it.each([
    ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '127.8.8.8', '169.254.0.1', '0.0.0.0'],
    ...['192.0.0.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255', 'not an address', ''],
    ...['::', '::1', '::7f00:1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '64:ff9b:1::1', '2002:7f00:1::1', '2001:db8::1'],
    ...['fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'fec0::1', 'ff02::1', '2001::1', '100::1'],
  ])('%s is not on the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('never takes an IPv4 address in IPv6 clothes for another than it is', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), (bytes) => {
        const dotted = bytes.join('.');
        expect(isPublicAddress(`::ffff:${dotted}`)).toBe(isPublicAddress(dotted));
        if (!isPublicAddress(dotted)) expect(isPublicAddress(`::${dotted}`)).toBe(false);
      }),
    );
  });
});
