import { isGivenName, listedName } from './given-names';

describe('isGivenName', () => {
  it('knows names in normalised form, also those that begin with و', () => {
    for (const name of ['محمد', 'عايشه', 'وليد', 'وايل', 'عبدالرحيم']) expect(isGivenName(name)).toBe(true);
    for (const other of ['التصدير', 'قادري', 'عبدال', 'و', '']) expect(isGivenName(other)).toBe(false);
  });
});

describe('listedName', () => {
  it('tells names from spellings of one name', () => {
    expect(listedName('اسحق')).toBe(listedName('اسحاق'));
    expect(listedName('صالح')).not.toBe(listedName('صلاح'));
    expect(listedName('نادره')).not.toBe(listedName('نادر'));
    expect(listedName('محمدد')).toBeUndefined();
  });
});
