import { codeHash, equalHashes, newCode, newSalt } from './code-hash';

describe('activation code', () => {
  it('has six digits, the first may be zero', () => {
    const codes = Array.from({ length: 500 }, newCode);
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(450);
  });

  it('is told by secret, salt and code together', () => {
    const salt = newSalt();
    const hash = codeHash('secret', salt, '012345');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(equalHashes(hash, codeHash('secret', salt, '012345'))).toBe(true);
    for (const other of [
      codeHash('secret', salt, '012346'),
      codeHash('secret', newSalt(), '012345'),
      codeHash('other', salt, '012345'),
    ]) {
      expect(equalHashes(hash, other)).toBe(false);
    }
  });
});
