import { idOf, newTokenId, tokenOf } from './link-token';

describe('token of a short link', () => {
  it('is read back, and by the secret that made it alone', () => {
    const id = newTokenId();
    const token = tokenOf('secret', id);
    expect(token).toHaveLength(20);
    expect(idOf('secret', token)).toBe(id);
    expect(idOf('other', token)).toBeNull();
  });

  it.each(['', 'x', `${'a'.repeat(20)}`, `${'a'.repeat(12)}%00`, '../../../etc/passwd'])('is not %j', (token) => {
    expect(idOf('secret', token)).toBeNull();
  });
});
