import fc from 'fast-check';
import { EVIDENCE_MAX_BYTES, evidenceBytes, evidenceType } from './evidence.rules';

describe('evidence', () => {
  it.each([
    ['image/jpeg', 'ffd8ffe000104a464946'],
    ['image/png', '89504e470d0a1a0a0000'],
    ['application/pdf', '255044462d312e37'],
    [null, '3c68746d6c3e'],
    [null, '89504e47'],
    [null, ''],
  ])('is %s by its first bytes', (type, hex) => {
    expect(evidenceType(Buffer.from(hex, 'hex'))).toBe(type);
  });

  it('reads back any bytes up to the limit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        expect(evidenceBytes(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes));
      }),
    );
    const most = Buffer.alloc(EVIDENCE_MAX_BYTES, 1);
    expect(evidenceBytes(most.toString('base64'))?.length).toBe(EVIDENCE_MAX_BYTES);
    expect(evidenceBytes(Buffer.concat([most, Buffer.of(1)]).toString('base64'))).toBeNull();
  });

  it.each(['', 'AA', 'AA=', 'A A=', '////\n', 'not base64!', '_w=='])('refuses %j', (text) => {
    expect(evidenceBytes(text)).toBeNull();
  });
});
