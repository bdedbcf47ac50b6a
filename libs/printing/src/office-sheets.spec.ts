import { textOf } from '@libs/testing';
import {
  renderPdf,
  type CashCount,
  type ClearanceCertificate,
  type DepositSlip,
  type PaymentWarning,
  type PrintedAmount,
  type ShiftReport,
} from './index';

const amount = (text: string, sign: -1 | 0 | 1 = 1): PrintedAmount => ({ text, sign });
const issued = (serial: string) => ({
  letterhead: { nameAr: 'بلدية المثال', nameEn: 'Example Municipality' },
  serial,
  issuedAt: '2025-03-16T11:05:00Z',
  issuedBy: 'سناء كنعان',
  verificationUrl: `https://verify.example.ps/s/${serial}`,
});
const holder = {
  approvedName: 'سليم رامي الزيتاوي',
  oneRecordNumber: '1004521',
  document: { label: 'رقم الوثيقة الشخصية', number: '9****6782' },
  address: 'رفيديا',
};
const signatory = { name: 'خالد سالم', title: 'مدير المالية' };
const voided = { at: '2025-04-16T09:00:00Z', reason: 'شيك معاد' };
const cash: CashCount[] = [
  { denomination: '200', count: 31, amount: amount('6,200.00') },
  { denomination: '0.50', count: 3, amount: amount('1.50') },
];

const clearance = (over: Partial<ClearanceCertificate> = {}): ClearanceCertificate => ({
  ...issued('CL-2025-000088'),
  holder,
  services: [{ accountNumber: '12-04567', service: 'مياه', address: 'شارع الجامعة' }],
  purpose: 'معاملة ترخيص',
  validUntil: '2025-06-16',
  signatory,
  ...over,
});
const deposit = (over: Partial<DepositSlip> = {}): DepositSlip => ({
  ...issued('D-2025-000140'),
  bankAccount: {
    bank: 'بنك المثال',
    branch: 'نابلس',
    holder: 'بلدية المثال',
    number: '0452-1234567',
    iban: 'PS92PALS',
  },
  shifts: [{ number: '2025-000871', cashier: 'سناء كنعان', till: '03' }],
  currencies: [
    {
      currency: 'ILS',
      cash,
      cashTotal: amount('6,201.50'),
      cheques: [
        {
          number: '30001245',
          bank: 'بنك آخر',
          drawer: 'شركة النور',
          dueDate: '2025-03-10',
          receipt: 'R-01-2025-004500',
          amount: amount('323.45'),
        },
      ],
      chequesTotal: amount('323.45'),
      total: amount('6,524.95'),
      totalInWords: 'ستة آلاف',
    },
  ],
  ...over,
});
const warning = (over: Partial<PaymentWarning> = {}): PaymentWarning => ({
  ...issued('W-2025-001200'),
  holder,
  debts: [
    {
      type: 'ضريبة معارف',
      accountNumber: 'ET-9012',
      period: '2022 – 2024',
      currency: 'JOD',
      amount: amount('390.625'),
    },
    { type: 'رخصة حرف', period: '2024', currency: 'ILS', amount: amount('90.00') },
  ],
  totals: [{ currency: 'JOD', amount: amount('390.625'), words: 'كلمات المبلغ' }],
  days: 15,
  signatory,
  ...over,
});
const shift = (over: Partial<ShiftReport> = {}): ShiftReport => ({
  ...issued('2025-000871'),
  cashier: 'رائد سالم',
  till: '03',
  openedAt: '2025-03-16T05:00:00Z',
  closedAt: '2025-03-16T11:00:00Z',
  closedBy: 'رنا سعيد',
  receipts: { first: 'R-4471', last: 'R-4533', count: 63 },
  currencies: [
    {
      currency: 'ILS',
      float: amount('500.00'),
      tenders: [
        { kind: 'CASH', count: 48, amount: amount('5,706.50') },
        { kind: 'CARD', count: 9, amount: amount('225.00') },
      ],
      received: amount('5,931.50'),
      voided: { count: 1, amount: amount('24.00') },
      expected: amount('6,206.50'),
      cash,
      counted: amount('6,201.50'),
      difference: amount('5.00', -1),
    },
  ],
  cheques: [
    {
      number: '30001245',
      bank: 'بنك آخر',
      drawer: 'شركة النور',
      dueDate: '2025-04-10',
      currency: 'ILS',
      amount: amount('323.45'),
    },
  ],
  voids: [
    { receipt: 'R-4480', at: '2025-03-16T06:12:00Z', reason: 'حساب آخر', currency: 'ILS', amount: amount('24.00') },
  ],
  ...over,
});

const all = {
  'clearance-certificate': clearance,
  'deposit-slip': deposit,
  warning,
  'shift-report': shift,
} as const;
type Kind = keyof typeof all;

describe.each(Object.keys(all) as Kind[])('%s', (kind) => {
  const print = (over: object) => renderPdf(kind, (all[kind] as (over: object) => never)(over));

  it('bears serial, time, proof and page on one page, and neither mark', async () => {
    const [page, ...more] = textOf(await print({}));
    expect(more).toEqual([]);
    for (const expected of [all[kind]().serial, '16/03/2025 13:05', 'https://verify.example.ps/s/', 'صفحة 1 من 1'])
      expect(page).toContain(expected);
    expect(page).not.toMatch(/نسخة|(^|\s)ملغى/);
  });

  it('is marked as void and as a copy, in both languages', async () => {
    const [page] = textOf(await print({ voided, copy: 2 }));
    expect(page).toContain('نسخة 2');
    expect(page).toContain('ملغى');
    expect(page).toContain('شيك معاد');
    const [english] = textOf(await print({ voided, copy: 2, lang: 'en' }));
    expect(english).toContain('Copy 2');
    expect(english).toContain('Void');
    expect(english).toContain('Page 1 of 1');
  });
});

const has = (page: string | undefined, expected: string[]) => {
  const text = page!.replace(/\s+/g, '');
  for (const each of expected) expect(text).toContain(each.replace(/\s+/g, ''));
};

// Figures in neighbouring columns stand as they are seen, from left to right.
describe('what it says', () => {
  it('a certificate names who is cleared, of what, what for and how long', async () => {
    const [page] = textOf(await renderPdf('clearance-certificate', clearance({ note: 'لمرة واحدة' })));
    has(page, ['براءة ذمة', 'صالحة لغاية16/06/2025', 'معاملة ترخيص', 'سليم رامي الزيتاوي', '9****6782']);
    has(page, ['12-04567مياهشارع الجامعة', 'مدير المالية', 'خالد سالم', 'لمرة واحدة']);
  });

  it('a deposit slip lists money by its pieces and each cheque, with their sums', async () => {
    const [page] = textOf(await renderPdf('deposit-slip', deposit()));
    has(page, ['قسيمة إيداع', 'بنك المثال · نابلس', '0452-1234567', 'PS92PALS', '2025-000871سناء كنعان03', 'شيكل']);
    has(page, ['6,200.0031200', '1.5030.50', 'مجموع النقد6,201.50', '30001245', 'شركة النور', '10/03/2025']);
    has(page, ['مجموع الشيكات323.45', 'مجموع الإيداع6,524.95شيكل', 'فقط ستة آلاف لا غير', 'استلام البنك وختمه']);
  });

  it('a deposit slip without cheques or proof has neither', async () => {
    const [only] = deposit().currencies;
    const currencies = [{ ...only!, cheques: [] }];
    const [page] = textOf(await renderPdf('deposit-slip', deposit({ currencies, verificationUrl: null })));
    expect(page).not.toMatch(/الشيكات|للتحقق/);
    expect(page).toContain('صفحة 1 من 1');
  });

  it('warnings in one file bear their own marks and count their own pages', async () => {
    const { letterhead, debts } = warning();
    const long = { serial: 'W-2025-001201', debts: Array.from({ length: 60 }, () => debts[0]!), copy: 2 };
    const batch = (warnings: PaymentWarning[]) =>
      renderPdf('warnings', { letterhead, printedAt: '2025-03-16T11:05:00Z', warnings });
    const pages = textOf(await batch([warning(), warning(long), warning()]));
    expect(pages.map((page) => /صفحة \d من \d/.exec(page)?.[0])).toEqual(
      ['1 من 1', '1 من 3', '2 من 3', '3 من 3', '1 من 1'].map((place) => `صفحة ${place}`),
    );
    expect(pages.map((page) => page.includes('نسخة'))).toEqual([false, true, true, true, false]);
    expect(pages[2]).toContain('W-2025-001201');
    await expect(batch([])).rejects.toBeInstanceOf(RangeError);
  });

  it('a warning names type, period and amount, the law, its days, and leaves room for its service', async () => {
    const [page] = textOf(await renderPdf('warning', warning()));
    has(page, ['إخطار بالدفع', '(27)', '1997', '390.625', '2022 – 2024', 'ضريبة معارف']);
    has(page, [
      'فقط كلمات المبلغ لا غير',
      'محضر',
      'طريقة',
      'بالذات',
      'بالبريد المسجل',
      'توقيع المستلم',
      'مدير المالية',
    ]);
    expect(page).toMatch(/خلال +15 +يوما/);
    expect(textOf(await renderPdf('warning', warning({ days: 7 })))[0]).toMatch(/خلال +7 +أيام/);
    expect(textOf(await renderPdf('warning', warning({ lang: 'en' })))[0]).toMatch(/within +15 +days/);
  });

  it('a shift report reckons the cash and says what is over or short', async () => {
    const [page] = textOf(await renderPdf('shift-report', shift()));
    has(page, ['رائد سالم', '07:00', '13:00', 'رنا سعيد', '63 · من R-4471', 'R-4533', '5,706.5048', 'بطاقة بنكية']);
    has(page, ['مجموع المقبوض5,931.50', 'العهدة الافتتاحية500.00', 'النقد المتوقع6,206.50', 'عجز5.00', 'R-4480']);
    has(page, ['الشيكات', '30001245', 'بنك آخر', 'شركة النور', '10/04/2025', '323.45']);
    expect(page).not.toMatch(/زيادة|مطابق|المدفوع/);
    const [currency] = shift().currencies;
    const outcome = async (sign: -1 | 0 | 1) =>
      textOf(
        await renderPdf('shift-report', shift({ currencies: [{ ...currency!, difference: amount('1.00', sign) }] })),
      )[0];
    expect(await outcome(1)).toContain('زيادة');
    expect(await outcome(0)).toContain('مطابق');
  });

  it('a shift still open has no end, and no voids when there are none', async () => {
    const data = shift({ closedAt: null, closedBy: null, voids: [], cheques: [], receipts: null });
    const [page] = textOf(await renderPdf('shift-report', data));
    expect(page).toContain('جُردت ولم تُغلق بعد');
    expect(page).not.toMatch(/الإيصالات|أغلقها|الشيكات/);
  });
});
