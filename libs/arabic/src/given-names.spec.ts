import { isGivenName } from './given-names';

describe('isGivenName', () => {
  it('knows names in normalised form, also those that begin with و', () => {
    for (const name of ['محمد', 'عايشه', 'وليد', 'وايل', 'عبدالرحيم']) expect(isGivenName(name)).toBe(true);
    for (const other of ['التصدير', 'قادري', 'عبدال', 'و', '']) expect(isGivenName(other)).toBe(false);
  });
});
