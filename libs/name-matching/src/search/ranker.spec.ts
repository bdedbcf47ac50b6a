import { documentOfKey } from '../batch/documents';
import { NameRanker, type Card, type RegisterFacts, type TokenFacts } from './ranker';

/** A register of 100,000 names in which these tokens are as frequent as in a town. */
const COUNTS: Record<string, [given: number, middle: number, family: number]> = {
  محمد: [9000, 14000, 20],
  احمد: [5000, 9000, 10],
  سالم: [900, 1700, 30],
  سلام: [700, 500, 10],
  صالح: [900, 1900, 200],
  صلاح: [800, 1200, 20],
  زهير: [300, 500, 0],
  طارق: [600, 900, 0],
  سليمان: [500, 1200, 40],
  سمير: [700, 800, 0],
  محمود: [3000, 5000, 30],
  طوقان: [2, 3, 900],
  شكعه: [1, 2, 600],
};
const facts: RegisterFacts = {
  totals: [100_000, 130_000, 90_000],
  vocabulary: 4000,
  token: (text): TokenFacts | undefined => {
    const [given, middle, family] = COUNTS[text] ?? [];
    return given === undefined ? undefined : { root: text, given, middle: middle!, family: family! };
  },
};
const card = (name: string, rest: Partial<Card> = {}): Card => ({ tokens: name.split(' '), ...rest });
const ranked = (question: string, names: string[]) => {
  const ranker = new NameRanker(
    question.split(' '),
    names.map((name) => card(name)),
    facts,
  );
  return names.map((name, i) => ({ name, bits: ranker.bits(i), against: ranker.against }));
};
const order = (question: string, names: string[]) =>
  ranked(question, names)
    .sort((a, b) => b.bits - a.bits)
    .map(({ name }) => name);

describe('ranking names for a question', () => {
  const ASKED = 'زهير طارق سليمان شكعه';

  it('puts the likelier first', () => {
    const names = [
      'زهير طارق سليمان شكعه',
      'زهر طارق سليمان شكعه',
      'شكعه زهير طارق سليمان',
      'زهير طارق شكعه',
      'زهير شكعه',
      'سمير طارق سليمان شكعه',
      'محمد محمود احمد طوقان',
    ];
    expect(order(ASKED, [...names].reverse())).toEqual(names);
  });

  it('puts a grandfather left out before another one', () => {
    const names = ['زهير طارق شكعه', 'زهير طارق محمود شكعه'];
    expect(order(ASKED, [...names].reverse())).toEqual(names);
  });

  it('holds another given name against a row, whatever else agrees, and a missing part not', () => {
    const [brother, short] = ranked(ASKED, ['سمير طارق سليمان شكعه', 'زهير شكعه']);
    expect(brother!.against).toBeLessThanOrEqual(-10);
    expect(short!.against).toBe(0);
  });

  it.each([
    ['صالح محمد احمد طوقان', 'صلاح محمد احمد طوقان'],
    ['سالم محمد احمد طوقان', 'سلام محمد احمد طوقان'],
  ])('takes %s and %s for two names, not for one misspelt', (asked, other) => {
    const misspelt = asked.replace(/^../, (start) => start[0]! + start);
    const [same, different, typo] = ranked(asked, [asked, other, misspelt]);
    expect(same!.bits - different!.bits).toBeGreaterThan(6);
    expect(typo!.bits).toBeGreaterThan(different!.bits + 4);
  });

  it('reads a question backwards when its words say so', () => {
    const names = ['محمود احمد محمد طوقان', 'محمد احمد محمود طوقان'];
    expect(order('طوقان محمود احمد محمد', names)[0]).toBe('محمد احمد محمود طوقان');
    expect(order('محمد احمد محمود طوقان', names)[0]).toBe('محمد احمد محمود طوقان');
  });

  it.each([
    ['طوقان محمود احمد محمد', 'backwards'],
    ['محمد احمد محمود طوقان', 'typed'],
    ['طوقان محمد', 'typed'],
    ['شكعه زهير طارق سليمان', 'familyFirst'],
  ])('says how %s was typed: %s', (question, expected) => {
    expect(new NameRanker(question.split(' '), [], facts).order).toBe(expected);
  });

  it('finds the father left out and the grandfather named', () => {
    const [skipped, other] = ranked(ASKED, ['زهير سليمان شكعه', 'زهير محمود شكعه']);
    expect(skipped!.bits).toBeGreaterThan(other!.bits + 6);
  });

  it('weighs rare parts more than common ones', () => {
    const [rare, common] = ranked('محمد احمد محمود طوقان', ['محمد طوقان', 'محمد احمد']);
    expect(rare!.bits).toBeGreaterThan(common!.bits);
  });

  it('ties two cards by number, phone and address, and parts two valid numbers', () => {
    const id = (number: string) => ({ document: documentOfKey(`national-id:${number}`) });
    const cards = [
      card('محمد احمد محمود طوقان', { ...id('400000006'), phone: '+970599000001', address: 'المخفية' }),
      card('محمد طوقان', { phone: '+970599000001' }),
      card('محمد طوقان', { address: 'المخفية' }),
      card('محمد طوقان', id('400000006')),
      card('محمد طوقان', id('900000001')),
      card('محمد طوقان'),
      ...['رفيديا', 'عسكر', 'بلاطة', 'زواتا'].map((address) => card('سمير شكعه', { address })),
    ];
    const ranker = new NameRanker(['محمد', 'طوقان'], cards, facts);
    const [phone, address, sameId, otherId, nothing] = [1, 2, 3, 4, 5].map((i) => ranker.between(0, i));
    expect(Math.min(phone!, sameId!)).toBeGreaterThan(nothing! + 3);
    expect(address!).toBeGreaterThan(nothing!);
    expect(otherId!).toBeLessThan(-100);
  });

  it('answers for names of any length and for none', () => {
    const long = Array.from({ length: 300 }, (_, i) => `كلمه${i}`);
    const ranker = new NameRanker(long, [{ tokens: [] }, { tokens: long }], facts);
    expect(Number.isFinite(ranker.bits(1))).toBe(true);
    expect(ranker.bits(0)).toBeLessThan(ranker.bits(1));
  });
});
