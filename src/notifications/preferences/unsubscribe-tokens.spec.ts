import fc from 'fast-check';
import { readUnsubscribeToken, unsubscribeToken } from './unsubscribe-tokens';

const SECRET = 'the secret of an installation';
const ids = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

describe('the token of an unsubscribe link', () => {
  it('names its message and no other, under its secret and no other', () => {
    fc.assert(
      fc.property(ids, ids, (id, other) => {
        const token = unsubscribeToken(SECRET, id);
        expect(token).toMatch(/^[\w-]{18,28}$/);
        expect(readUnsubscribeToken(SECRET, token)).toBe(id);
        expect(readUnsubscribeToken('another', token)).toBeNull();
        const [, mac] = /-(.{16})$/.exec(token)!;
        if (other !== id) expect(readUnsubscribeToken(SECRET, `${other.toString(36)}-${mac}`)).toBeNull();
      }),
    );
  });

  it.each(['', '-', 'zz', 'zz-', '10-AAAAAAAAAAAAAAAA', '10-AAAAAAAAAAAAAAAAA', '1.5-AAAAAAAAAAAAAAAA'])(
    'is not %j',
    (token) => {
      expect(readUnsubscribeToken(SECRET, token)).toBeNull();
    },
  );
});
