import { codeHash, equalHashes, newCode, newSalt } from './code-hash';

describe('one-time code', () => {
  it('has six digits, the first may be zero', () => {
    const codes = Array.from({ length: 500 }, newCode);
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(450);
  });

  it('is told by secret, what it opens, salt and code together', () => {
    const salt = newSalt();
    const hash = codeHash('secret', 'LOGIN:record:1', salt, '012345');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(equalHashes(hash, codeHash('secret', 'LOGIN:record:1', salt, '012345'))).toBe(true);
    for (const other of [
      codeHash('secret', 'LOGIN:record:1', salt, '012346'),
      codeHash('secret', 'LOGIN:record:1', newSalt(), '012345'),
      codeHash('secret', 'LOGIN:record:2', salt, '012345'),
      codeHash('secret', 'PAYMENT:record:1', salt, '012345'),
      codeHash('other', 'LOGIN:record:1', salt, '012345'),
    ]) {
      expect(equalHashes(hash, other)).toBe(false);
    }
  });
});
