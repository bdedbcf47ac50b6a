import fc from 'fast-check';
import { identityColumns, needsOverride, validNationalIds } from './identity.rules';
import type { PartyType } from './one-record.entity';

const record = (partyType: PartyType = 'INDIVIDUAL') => ({ partyType, bornOn: null, diedOn: null });
const TODAY = '2026-11-24';
const NAME = { given: 'خالد', father: 'محمود', grandfather: 'سعيد', family: 'النابلسي' };
const columns = (input: Parameters<typeof identityColumns>[1], partyType?: PartyType) =>
  identityColumns(record(partyType), input, TODAY);

describe('identity of a record', () => {
  it('folds blanks and drops direction marks from a name', () => {
    const { nameParts, approvedName } = columns({ name: { ...NAME, family: ' \u202bابو   زيد\u202c ' } });
    expect(nameParts).toEqual({ ...NAME, family: 'ابو زيد' });
    expect(approvedName).toBe('خالد محمود سعيد ابو زيد');
  });

  it('an approved name of a person has its four parts, in order, whatever is typed', () => {
    const part = fc.oneof(fc.constantFrom('خالد', 'عبد الله', 'د.', '', ' ', '...', '٣', 'ـ', 'النابلسي'), fc.string());
    const name = fc.record({ given: part, father: part, grandfather: part, family: part });
    fc.assert(
      fc.property(name, (typed) => {
        let found;
        try {
          found = columns({ name: typed });
        } catch (error) {
          expect(['citizens.name-incomplete', 'citizens.name-joint']).toContain((error as { code: string }).code);
          return;
        }
        const { given, father, grandfather, family } = found.nameParts!;
        for (const each of [given, father, grandfather, family]) expect(each).toMatch(/\p{L}/u);
        expect(found.approvedName).toBe(`${given} ${father} ${grandfather} ${family}`);
        expect(columns({ name: found.nameParts! })).toEqual(found);
      }),
    );
  });

  it('takes only what is given', () => {
    expect(columns({ email: 'a@example.com' })).toEqual({ email: 'a@example.com' });
    expect(columns({})).toEqual({});
  });

  it('reads a document as legacy rows are read, and forgets an override with the number it was for', () => {
    expect(columns({ document: { type: 'NATIONAL_ID', number: '٤٠٠-٠٠٠٠٠٦' } })).toEqual({
      documentType: 'NATIONAL_ID',
      documentNumber: '400000006',
      documentKey: 'national-id:400000006',
      claimedDocumentKey: 'national-id:400000006',
      idOverrideReason: null,
      idOverriddenBy: null,
    });
    const estate = columns({ document: { type: 'NATIONAL_ID', number: '400000006' } }, 'HEIRS');
    expect(estate.claimedDocumentKey).toBe('heirs/national-id:400000006');
  });

  it('a new phone is not yet verified', () => {
    expect(columns({ phone: '00972599123456' })).toEqual({ phoneE164: '+970599123456', phoneVerifiedAt: null });
  });

  it.each([
    ['NATIONAL_ID', '400000006', null, false],
    ['NATIONAL_ID', '400000007', null, true],
    ['NATIONAL_ID', '400000007', 'الهوية بيدي', false],
    ['PASSPORT', '400000007', null, false],
    [null, null, null, false],
  ] as const)('%s %s with override %s needs a supervisor: %s', (documentType, documentNumber, reason, needed) => {
    expect(needsOverride({ documentType, documentNumber, idOverrideReason: reason })).toBe(needed);
  });

  it('counts valid national IDs alone, each once', () => {
    const keys = [
      'national-id:400000006',
      'national-id:400000006',
      'national-id:400000007',
      'passport:123456782',
      null,
    ];
    expect([...validNationalIds(keys)]).toEqual(['400000006']);
    expect(validNationalIds([...keys, 'national-id:900000001']).size).toBe(2);
  });
});
