import type { Config } from '@libs/config';
import type { StatedAccount, StatementContent } from './content';
import { statementSheet } from './sheet';

const config = { municipalityAr: 'بلدية', municipalityEn: 'Town', publicUrl: 'https://example.ps/' } as Config;
const account = (more: Partial<StatedAccount> = {}): StatedAccount => ({
  serviceNumber: '20011',
  type: 'مياه',
  address: 'رفيديا',
  status: 'فعال',
  relation: 'SAME_PERSON',
  shareHundredths: null,
  currency: 'ILS',
  balance: 1000,
  ...more,
});
const stated = (...accounts: StatedAccount[]) => ({ accounts, totals: [{ currency: 'ILS', balance: 1000 }] });
const content = (more: Partial<StatementContent> = {}): StatementContent => ({
  serial: 'ST-OSS-2026-000123-62',
  issuedAt: '2026-11-24T08:00:00.000Z',
  asOf: '2026-11-24',
  purpose: 'معاملة ترخيص',
  issuedBy: 'سناء كنعان',
  holder: {
    oneRecordNumber: '2026-000045',
    partyType: 'INDIVIDUAL',
    approvedName: 'محمد النابلسي',
    approvedLatinName: 'Mohammad Nabulsi',
    nameParts: {},
    documentType: 'NATIONAL_ID',
    maskedDocument: '*****6782',
  },
  own: stated(account()),
  related: { accounts: [], totals: [] },
  ...more,
});

describe('sheet of a statement', () => {
  it('is a copy from the second print on', () => {
    expect(statementSheet(content(), config, { lang: 'ar', print: 1 }).copy).toBeNull();
    expect(statementSheet(content(), config, { lang: 'ar', print: 2 }).copy).toBe(2);
  });

  it.each([
    ['NATIONAL_ID', 'رقم الهوية', 'ID number'],
    ['PASSPORT', 'رقم جواز السفر', 'Passport number'],
    ['COMPANY_REGISTER', 'رقم السجل التجاري', 'Company register number'],
  ] as const)('calls a document by its name: %s', (documentType, ar, en) => {
    const holder = { ...content().holder, documentType };
    for (const [lang, label] of [['ar', ar] as const, ['en', en] as const]) {
      const sheet = statementSheet(content({ holder }), config, { lang, print: 1 });
      expect(sheet.holder.document).toEqual({ label, number: '*****6782' });
    }
  });

  it('names issuer and purpose in either language, and a holder without document', () => {
    const holder = { ...content().holder, documentType: null, maskedDocument: null };
    const sheet = statementSheet(content({ holder }), config, { lang: 'en', print: 1 });
    expect(sheet).toMatchObject({
      issuedBy: 'سناء كنعان',
      purpose: 'معاملة ترخيص',
      holder: { approvedName: 'Mohammad Nabulsi', document: null },
    });
  });

  it('puts what is shared under a heading of its own, with the relation at each account', () => {
    const alone = statementSheet(content(), config, { lang: 'ar', print: 1 });
    expect(alone.sections[0]!.heading).toBeNull();
    expect(alone.sections[1]!.currencies).toEqual([]);
    const related = stated(account({ relation: 'CO_OWNER', shareHundredths: 2550 }));
    const { sections } = statementSheet(content({ related }), config, { lang: 'ar', print: 1 });
    expect(sections).toMatchObject([
      { heading: 'حسابات صاحب الكشف', currencies: [{ currency: 'ILS', accounts: [{ relation: null }] }] },
      {
        heading: 'حسابات مرتبطة بصفة أخرى',
        note: expect.stringContaining('لا تدخل'),
        currencies: [{ currency: 'ILS', accounts: [{ type: 'مياه', relation: 'شريك في الملكية 25.5%' }] }],
      },
    ]);
  });
});
