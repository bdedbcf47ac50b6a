import { partiesOf } from './name-keys';
import { nameReasons } from './name-reasons';

const why = (asked: string, row: string) => nameReasons(partiesOf(asked)[0]!, partiesOf(row)[0]!);
const said = (asked: string, row: string) => why(asked, row).map(({ en }) => en);

describe('the reasons for a name', () => {
  const ASKED = 'زهير طارق سليمان الشكعة';

  it('go token by token, in both languages', () => {
    expect(said(ASKED, 'زهر طارق الشكعة')).toEqual([
      'given name differs by one letter',
      "father's name same",
      "grandfather's name not given",
      'family name same',
    ]);
    expect(said('الشكعة زهير', 'زهير الشكعة')).toContain('the names stand in another order');
    expect(said('الشكعة', 'زهير الشكعة')).toEqual(['family name same']);
    expect(said('طارق', 'زهير طارق الشكعة')).toEqual(['middle name same']);
    expect(why('زهير طوقان', 'زهير الشكعة')[1]).toEqual({ ar: 'اسم العائلة مختلف', en: 'family name differs' });
  });

  it('tell a part left out from another one in its place', () => {
    expect(said(ASKED, 'زهير طارق الشكعة')).toContain("grandfather's name not given");
    expect(said(ASKED, 'زهير طارق محمود الشكعة')).toContain("grandfather's name differs");
    expect(said(ASKED, 'زهير طارق سليمان')).toContain('family name not given');
    expect(said(ASKED, 'زهير طارق النمر')).toContain('family name differs');
  });

  it('tell a name in Latin letters by its sound', () => {
    expect(said('Zuhair Mahmoud Shakaa', 'زهير طارق الشكعة')).toEqual([
      'given name sounds the same in other letters',
      'middle name differs',
      'family name sounds the same in other letters',
    ]);
  });

  it('use a token of the row once', () => {
    expect(said('محمد محمد', 'محمد طوقان')).toEqual(['given name same', 'family name differs']);
  });
});
