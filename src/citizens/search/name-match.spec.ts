import { partiesOf } from './name-keys';
import { NameMatch } from './name-match';

const similarity = (a: string, b: string) =>
  a === b ? 1 : [a, b].sort().join() === ['زهر', 'زهير'].sort().join() ? 0.85 : 0;
const match = (asked: string, row: string) => new NameMatch(partiesOf(asked)[0]!, partiesOf(row)[0]!, similarity);
const said = (asked: string, row: string) => match(asked, row).why.map(({ en }) => en);

describe('matching a name with a row', () => {
  const ASKED = 'زهير طارق سليمان الشكعة';

  it('the same name in other spellings is certain', () => {
    expect(match(ASKED, 'م. زهير طــارق سليمان شكعه').score).toBe(1);
  });

  it('ranks the likelier row first', () => {
    const rows = [
      'زهير طارق سليمان الشكعة',
      'زهير طارق الشكعة',
      'زهر طارق سليمان الشكعة',
      'زهير الشكعة',
      'الشكعة زهير طارق سليمان',
      'سمير طارق سليمان الشكعة',
      'زهير محمود خالد طوقان',
      'رولا جيطان',
    ];
    const scores = rows.map((row) => match(ASKED, row).score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[3]).toBeGreaterThan(0.85);
    expect(scores.at(-1)).toBeLessThan(0.3);
  });

  it('a grandfather left out is worth more than another one', () => {
    expect(match(ASKED, 'زهير طارق الشكعة').score).toBeGreaterThan(match(ASKED, 'زهير طارق محمود الشكعة').score);
  });

  it('says why', () => {
    expect(said(ASKED, 'زهر طارق الشكعة')).toEqual([
      'given name differs by one letter',
      'middle name same',
      'middle name not given',
      'family name same',
    ]);
    expect(said('الشكعة زهير', 'زهير الشكعة')).toContain('the names stand in another order');
    expect(said('الشكعة', 'زهير الشكعة')).toEqual(['name same']);
    expect(match('زهير طوقان', 'زهير الشكعة').why[1]).toEqual({ ar: 'اسم العائلة مختلف', en: 'family name differs' });
  });

  it('uses a token of the row once', () => {
    expect(match('محمد محمد', 'محمد طوقان').score).toBeLessThan(0.6);
    expect(match('محمد عبدالحميد محمد الشكعة', 'محمد عبدالحميد محمد الشكعة').score).toBe(1);
  });
});
