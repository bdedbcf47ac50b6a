import { articleKeys, nearTokens, withoutArticle } from './near-tokens';

const REGISTER = [
  { token: 'محمد', count: 9000 },
  { token: 'محمود', count: 3000 },
  { token: 'محمدي', count: 3 },
  { token: 'راشهان', count: 40 },
  { token: 'mohammed', count: 5 },
];
const facts = (root: string) => ({ root, given: 1, middle: 0, family: 0 });

describe('how a token may be written in the register', () => {
  it('a known one as it is, with those an error away, likeliest first', () => {
    expect(nearTokens('محمد', facts('محمد'), REGISTER)).toEqual({
      meant: ['محمد'],
      near: expect.arrayContaining(['محمود', 'محمدي', 'mohammed']),
    });
    expect(nearTokens('محمد', facts('محمد'), REGISTER).near[0]).toBe('محمود');
  });

  it('a misspelt one also as its root', () => {
    expect(nearTokens('ممحد', facts('محمد'), REGISTER).meant).toEqual(['ممحد', 'محمد']);
  });

  it('an unknown one as the likeliest near it, or as nothing else', () => {
    expect(nearTokens('ممحد', undefined, REGISTER).meant).toEqual(['ممحد', 'محمد']);
    expect(nearTokens('قسطنطين', undefined, REGISTER)).toEqual({ meant: ['قسطنطين'], near: [] });
  });

  it.each(['ااراشهان', 'ارلاشهان', 'لاراشهان', 'االراشهان', 'الراشهن'])(
    '%s has its error in or after the article',
    (token) => {
      expect(withoutArticle(token, REGISTER)).toBe('راشهان');
    },
  );

  it.each(['ااراشهان', 'ارلاشهان', 'لاراشهان', 'االراشهان'])('%s leads to what its article stands before', (token) => {
    expect(articleKeys(token)).toContain('راشهان');
  });

  it('leaves other words their letters', () => {
    expect(withoutArticle('محمدي', REGISTER)).toBeNull();
    expect(articleKeys('علي')).toEqual([]);
  });
});
