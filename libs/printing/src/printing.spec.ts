import { textOf } from '@libs/testing';
import {
  PrintingError,
  qrSvg,
  renderPdf,
  type OneRecordSheet,
  type StatementAccount,
  type StatementOfBalances,
  type StatementSection,
} from './index';

const letterhead = { nameAr: 'بلدية المثال', nameEn: 'Example Municipality' };
const account = (number: string): StatementAccount => ({
  number,
  type: 'مياه',
  status: 'فعّال',
  balance: { text: '1,234.50', sign: 1 },
});
const statement = (over: Partial<StatementOfBalances> = {}): StatementOfBalances => ({
  letterhead,
  serial: 'SB-2025-000123',
  issuedAt: '2025-03-16T12:05:00Z',
  asOf: '2025-03-15',
  issuedBy: 'سناء كنعان',
  holder: {
    approvedName: 'سليم رامي حسن الزيتاوي',
    oneRecordNumber: '1004521',
    document: { label: 'رقم جواز السفر', number: '9****6782' },
  },
  sections: [
    {
      currencies: [
        { currency: 'ILS', accounts: [account('12-04567')], total: { text: '1,234.50', sign: 1 } },
        { currency: 'JOD', accounts: [account('88')], total: { text: '90.625', sign: -1 } },
      ],
    },
  ],
  verificationUrl: 'https://verify.example.ps/s/SB-2025-000123',
  ...over,
});
const record = (over: Partial<OneRecordSheet> = {}): OneRecordSheet => ({
  letterhead,
  number: '1004521',
  state: 'معتمد',
  party: 'فرد',
  nameAr: { given: 'سليم', father: 'رامي', grandfather: 'حسن', family: 'الزيتاوي' },
  nameLatin: { given: 'Salim', family: 'Zeitawi' },
  document: { label: 'رقم الهوية', number: '900000001' },
  phone: '+970599123456',
  legacyRows: [{ citizenNumber: '45120', rawName: 'سليم الزيتاوي', relation: 'نفسه' }],
  services: [],
  transactions: [
    { number: '2025/871', at: '2025-03-11T22:30:00Z', action: 'اعتماد', employee: 'سمر', reason: 'Reviewed' },
  ],
  printedBy: 'Samar',
  printedAt: '2025-03-16T12:05:00Z',
  ...over,
});
const many = (count: number): StatementSection[] => [
  {
    heading: 'قسم',
    currencies: [
      {
        currency: 'ILS',
        accounts: Array.from({ length: count }, (_, index) => account(`12-${10_000 + index}`)),
        total: { text: '0.00', sign: 0 },
      },
    ],
  },
];

describe('renderPdf', () => {
  it('prints what a statement says, each currency with its own total', async () => {
    const pages = textOf(await renderPdf('statement-of-balances', statement()));
    expect(pages).toHaveLength(1);
    for (const expected of [
      'كشف أرصدة',
      'سليم رامي حسن الزيتاوي',
      'SB-2025-000123',
      '16/03/2025 14:05',
      '15/03/2025',
      'رقم جواز السفر9****6782',
      'سناء كنعان',
      '12-04567',
      '1,234.50',
      '90.625',
      'دائن',
      'https://verify.example.ps/s/SB-2025-000123',
      'صفحة 1 من 1',
    ])
      expect(pages[0]).toContain(expected);
    expect(pages[0]).not.toMatch(/نسخة|الغرض/);
  });

  it('marks a copy on every page, beside the title', async () => {
    const data = { copy: 12, purpose: 'معاملة ترخيص', sections: many(80) };
    const [first, ...more] = textOf(await renderPdf('statement-of-balances', statement(data)));
    expect(first).toContain('كشف أرصدة نسخة 12');
    expect(first).toContain('الغرض من الكشفمعاملة ترخيص');
    expect(more.length).toBeGreaterThan(0);
    for (const page of more) expect(page).toContain('نسخة 12');
    const [english] = textOf(await renderPdf('statement-of-balances', statement({ ...data, lang: 'en' })));
    expect(english).toContain('Copy 12');
  });

  it('prints each section under its heading, and how an account is shared', async () => {
    const shared = {
      heading: 'حسابات مرتبطة بصفة أخرى',
      note: 'لا تدخل في المجاميع',
      currencies: [
        {
          currency: 'USD',
          accounts: [{ ...account('77'), relation: 'شريك 33.33%' }],
          total: { text: '1.00', sign: 1 as const },
        },
      ],
    };
    const sections = [...statement().sections, ...many(0), shared];
    const [page] = textOf(await renderPdf('statement-of-balances', statement({ sections })));
    const places = ['شيكل', 'دينار', shared.heading, shared.note, 'دولار', 'شريك 33.33%'].map((text) =>
      page!.indexOf(text),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(page).not.toContain('قسم');
  });

  it('says so when there are no accounts, also when a currency has none', async () => {
    const [page] = textOf(await renderPdf('statement-of-balances', statement({ sections: many(0) })));
    expect(page).toContain('لا توجد حسابات');
    expect(page).not.toContain('المجموع');
  });

  it('prints the parts of a OneRecord and its history', async () => {
    const [page] = textOf(await renderPdf('one-record', record()));
    for (const expected of ['900000001', '+970599123456', 'Salim', '45120', '2025/871', '12/03/2025 00:30', 'Samar'])
      expect(page).toContain(expected);
  });

  it('prints the one name of a body over the whole width, and the row each service stands under', async () => {
    const nameAr = 'شركة النابلسي وطوقان للتجارة العامة والمقاولات المساهمة الخصوصية المحدودة';
    const service = { citizenNumber: '45120', number: '20011', type: 'مياه', address: 'رفيديا', status: 'فعال' };
    const data = { party: 'شركة', nameAr, nameLatin: 'Nabulsi and Touqan Ltd', services: [service] };
    const [page] = textOf(await renderPdf('one-record', record(data)));
    expect(page).toContain(nameAr);
    expect(page).toContain('Nabulsi and Touqan Ltd');
    expect(page).not.toContain('الاسم الأول');
    expect(page).toMatch(/^(?=.*45120)(?=.*20011).*مياهرفيديافعال$/m);
  });

  it('labels in English and counts in Arabic-Indic digits when asked', async () => {
    const [english] = textOf(await renderPdf('statement-of-balances', statement({ lang: 'en' })));
    expect(english).toContain('Statement of balances');
    expect(english).toContain('Page 1 of 1');
    const [indic] = textOf(await renderPdf('statement-of-balances', statement({ digits: 'arabic-indic' })));
    expect(indic).toContain('١٬٢٣٤٫٥٠');
    expect(indic).toContain('SB-2025-000123');
  });

  it.each(['#panic()', '$x$', '*b* _i_ `r`', '#sys.inputs', '[c] <lab> @ref // \\u{41}', '"); #read("/etc/passwd")'])(
    'prints %s as it stands',
    async (text) => {
      const holder = { approvedName: text, oneRecordNumber: text, document: { label: text, number: text } };
      const [page] = textOf(await renderPdf('statement-of-balances', statement({ holder })));
      expect(page!.replaceAll('\u200B', '').split(text)).toHaveLength(5);
      await expect(renderPdf('one-record', record({ printedBy: text, phone: text }))).resolves.toBeInstanceOf(Buffer);
    },
  );

  it('lets no bidi control or broken character of a name through', async () => {
    const holder = { approvedName: 'A\u202EB\u0000C\uD800', oneRecordNumber: '1' };
    const [page] = textOf(await renderPdf('statement-of-balances', statement({ holder })));
    expect(page).toContain('AB C\uFFFD');
  });

  it('breaks 300 accounts over pages, each with the header row and its number', async () => {
    const pages = textOf(await renderPdf('statement-of-balances', statement({ sections: many(300) })));
    expect(pages.length).toBeGreaterThan(5);
    pages.forEach((page, index) => {
      expect(page).toContain('رقم الخدمة');
      expect(page).toContain(`صفحة ${index + 1} من ${pages.length}`);
    });
    const rows = pages.flatMap((page) => page.match(/12-1\d{4}/g) ?? []);
    expect(new Set(rows).size).toBe(300);
    expect(rows).toHaveLength(300);
  });

  it('keeps concurrent renders apart and goes on after one that fails', async () => {
    const broken = { ...letterhead, emblemSvg: 'not an image' };
    const failing = renderPdf('one-record', record({ letterhead: broken }));
    const serials = Array.from({ length: 20 }, (_, index) => `SB-2025-${100 + index}`);
    const rendered = Promise.all(serials.map((serial) => renderPdf('statement-of-balances', statement({ serial }))));
    await expect(failing).rejects.toBeInstanceOf(PrintingError);
    (await rendered).forEach((pdf, index) => expect(textOf(pdf)[0]!.match(/SB-2025-1\d\d/g)).toContain(serials[index]));
  });

  it('gives the same bytes for the same data', async () => {
    const once = await renderPdf('one-record', record());
    expect(once.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect((await renderPdf('one-record', record())).equals(once)).toBe(true);
  });

  it('refuses an unreadable instant or date', async () => {
    await expect(renderPdf('one-record', record({ printedAt: 'now' }))).rejects.toBeInstanceOf(RangeError);
    await expect(renderPdf('statement-of-balances', statement({ asOf: '2025-02-30' }))).rejects.toThrow(RangeError);
  });
});

describe('qrSvg', () => {
  it('draws an image that depends on the text, and refuses one too long', async () => {
    const svg = await qrSvg('https://verify.example.ps/1');
    expect(svg).toMatch(/^<svg [^>]*viewBox/);
    expect(await qrSvg('https://verify.example.ps/2')).not.toBe(svg);
    await expect(qrSvg('x'.repeat(4000))).rejects.toThrow();
  });
});
