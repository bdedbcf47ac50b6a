import { textOf } from '@libs/testing';
import {
  SHEETS_PER_FILE,
  renderPdf,
  type AccountLedger,
  type Bill,
  type BillContent,
  type LedgerRow,
  type PrintedAmount,
  type Receipt,
  type StatementOfAccount,
} from './index';

const letterhead = { nameAr: 'بلدية المثال', nameEn: 'Example Municipality' };
const due = (text: string): PrintedAmount => ({ text, sign: 1 });
const credit = (text: string): PrintedAmount => ({ text, sign: -1 });
const zero: PrintedAmount = { text: '0.00', sign: 0 };
const voided = { at: '2025-03-16T09:00:00Z', reason: 'حساب آخر', by: 'رنا' };
const issued = (serial: string) => ({
  letterhead,
  serial,
  issuedAt: '2025-03-16T08:05:00Z',
  issuedBy: 'سناء كنعان',
  verificationUrl: `https://verify.example.ps/s/${serial}`,
});

const receipt = (over: Partial<Receipt> = {}): Receipt => ({
  ...issued('R-01-2025-004512'),
  payer: { name: 'سليم رامي الزيتاوي', oneRecordNumber: '1004521' },
  till: '03',
  shift: '2025-000871',
  lines: [
    {
      accountNumber: '12-04567',
      service: 'مياه',
      description: 'فاتورة 2025-118',
      currency: 'ILS',
      amount: due('245.50'),
    },
    { accountNumber: 'ET-9012', service: 'ضريبة معارف', currency: 'JOD', amount: due('97.656') },
  ],
  tenders: [{ kind: 'CASH', currency: 'ILS', amount: due('245.50') }],
  totals: [{ currency: 'ILS', amount: due('245.50'), words: 'مئتان وخمسون أغورة' }],
  ...over,
});

const bill = (serial: string, over: Partial<BillContent> = {}): BillContent => ({
  serial,
  holder: { approvedName: 'سليم رامي الزيتاوي', oneRecordNumber: '1004521' },
  accountNumber: '12-04567',
  service: 'مياه',
  facts: [{ label: 'رقم العداد', value: 'WM-778120' }],
  period: { name: 'آذار 2025', from: '2025-03-01', to: '2025-03-31' },
  issuedOn: '2025-04-02',
  dueOn: '2025-04-17',
  currency: 'ILS',
  lines: [
    { head: 'أثمان مياه', detail: 'شرائح', quantity: '34', rate: '5.50', amount: due('210.80') },
    { head: 'خصم', amount: credit('10.00') },
  ],
  charges: due('200.80'),
  previousBalance: due('1,234.50'),
  payments: due('1,000.00'),
  totalDue: due('435.30'),
  verificationUrl: `https://verify.example.ps/b/${serial}`,
  ...over,
});
const alone = (over: Partial<Bill> = {}): Bill => ({
  letterhead,
  printedAt: '2025-04-02T08:00:00Z',
  ...bill('B-77'),
  ...over,
});
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ head: `بند ${index}`, amount: due('1.00') }));

const rows = (count: number): LedgerRow[] =>
  Array.from({ length: count }, (_, index) => ({
    date: '2025-01-05',
    document: `INV-${10_000 + index}`,
    description: 'فاتورة',
    debit: due('1.00'),
    balance: due(`${7000 + index}.25`),
  }));
const ledger = (over: Partial<AccountLedger> = {}): AccountLedger => ({
  accountNumber: '12-04567',
  service: 'مياه',
  currency: 'ILS',
  opening: due('6,999.25'),
  rows: rows(3),
  totals: { debit: due('3.00'), credit: zero },
  closing: due('7,002.25'),
  ...over,
});
const statement = (over: Partial<StatementOfAccount> = {}): StatementOfAccount => ({
  ...issued('SA-2025-000321'),
  holder: { approvedName: 'سليم رامي الزيتاوي', address: 'رفيديا' },
  period: { from: '2025-01-01', to: '2025-03-15' },
  accounts: [ledger()],
  ...over,
});

describe('receipt', () => {
  it('prints payer, lines, tenders, totals in words and its proof on half a page', async () => {
    const pdf = await renderPdf('receipt', receipt());
    const pages = textOf(pdf);
    expect(pages).toHaveLength(1);
    for (const expected of [
      'إيصال قبض',
      'R-01-2025-004512',
      '16/03/2025 10:05',
      'سليم رامي الزيتاوي',
      '1004521',
      'سناء كنعان',
      '2025-000871',
      '12-04567',
      'فاتورة 2025-118',
      '97.656',
      'دينار أردني',
      'نقد',
      'المجموع245.50  شيكل',
      'فقط مئتان وخمسون أغورة لا غير',
      'https://verify.example.ps/s/R-01-2025-004512',
    ])
      expect(pages[0]).toContain(expected);
    expect(pages[0]).not.toMatch(/نسخة|ملغى|المتبقي|رقم الشيك|تبرئ/);
  });

  it.each([
    ['landscape', 595, 420],
    ['portrait', 420, 595],
  ] as const)('is A5 %s', async (orientation, width, height) => {
    const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(
      (await renderPdf('receipt', receipt({ orientation }))).toString('latin1'),
    )!;
    expect([Math.round(Number(box[1])), Math.round(Number(box[2]))]).toEqual([width, height]);
  });

  it('says what a cheque is, that it must be collected, and at which rate other money was taken', async () => {
    const cheque = { number: '30001245', bank: 'بنك المثال', dueDate: '2025-04-30', drawer: 'شركة النور' };
    const exchange = {
      rate: '5.1250',
      base: 'JOD',
      date: '2025-03-16',
      source: 'سلطة النقد',
      settles: { currency: 'JOD', amount: due('97.656') },
    };
    const tenders: Receipt['tenders'] = [
      { kind: 'CHEQUE', currency: 'ILS', amount: due('200.00'), cheque },
      { kind: 'CASH', currency: 'ILS', amount: due('500.49'), exchange },
      { kind: 'CARD', currency: 'ILS', amount: due('1.00'), reference: 'AUTH-7' },
    ];
    const remaining = [{ currency: 'JOD', amount: credit('12.500') }];
    const [page] = textOf(await renderPdf('receipt', receipt({ tenders, remaining })));
    for (const expected of [
      'رقم الشيك 30001245، بنك المثال، استحقاق 30/04/2025',
      'الساحب: شركة النور',
      'تبرئ الذمة إلا بعد تحصيلها',
      'يعادل 97.656 دينار أردني، سعر الصرف: 1 دينار أردني = 5.1250 شيكل',
      'سلطة النقد',
      'بطاقة بنكية',
      'مرجع AUTH-7',
      '12.500  دينار أردني دائن',
    ])
      expect(page).toContain(expected);
  });

  it('shows a void with its reason and time, and the number of a copy', async () => {
    const [page] = textOf(await renderPdf('receipt', receipt({ voided, copy: 2 })));
    expect(page).toContain('نسخة 2');
    expect(page).toMatch(/تاريخ الإلغاء ?16\/03\/2025 11:00 +بواسطة رنا/);
    expect(page).toContain('حساب آخر');
    expect(page!.split('ملغى').length).toBeGreaterThan(2);
    const english = receipt({ voided, copy: 2, lang: 'en', digits: 'latin' });
    expect(textOf(await renderPdf('receipt', english))[0]).toContain('Void');
  });

  it('keeps its marks and its serial on every page of many lines', async () => {
    const many = Array.from({ length: 40 }, () => receipt().lines[0]!);
    const pages = textOf(await renderPdf('receipt', receipt({ lines: many, copy: 3 })));
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((page, index) => {
      expect(page).toContain('نسخة 3');
      expect(page).toContain('R-01-2025-004512');
      expect(page).toContain(`صفحة ${index + 1} من ${pages.length}`);
    });
  });
});

describe('bill', () => {
  it('prints what is charged, what was owed and paid, and what is due when', async () => {
    const pages = textOf(await renderPdf('bill', alone({ totalInWords: 'أربعمئة', message: 'يرجى التسديد' })));
    expect(pages).toHaveLength(1);
    for (const expected of [
      'B-77',
      'سليم رامي الزيتاوي',
      'آذار 2025: من 01/03/2025 إلى',
      'آخر موعد للدفع17/04/2025',
      'WM-778120',
      'أثمان مياه210.805.5034',
      'خصم−10.00',
      'الرصيد السابق1,234.50',
      'دفعات منذ الفاتورة السابقة−1,000.00',
      '435.30 شيكل',
      'فقط أربعمئة لا غير',
      'يرجى التسديد',
      'https://verify.example.ps/b/B-77',
    ])
      expect(spaceless(pages[0]!)).toContain(spaceless(expected));
  });

  it('asks nothing of who is in credit', async () => {
    const [page] = textOf(await renderPdf('bill', alone({ totalDue: credit('50.00'), previousBalance: zero })));
    expect(page).toContain('رصيد دائن');
    expect(page).not.toMatch(/آخر موعد|المبلغ المطلوب/);
  });

  it('draws a bar for each of the last twelve periods, also when all are zero, and lists the blocks of a tariff', async () => {
    const bars = [7, 0, 40, 20, 5, 6, 7, 8, 9, 1, 2, 3, 4].map((value, month) => ({
      label: `M${month}`,
      value,
      text: `${value} u`,
    }));
    const blocks = { rows: [{ range: '1 – 20', quantity: '20', rate: '5.50', amount: due('110.00') }] };
    const pdf = await renderPdf('bill', alone({ chart: { title: 'الاستهلاك', bars }, blocks }));
    const [page] = textOf(pdf);
    expect(page).toContain('الاستهلاك');
    expect(page).toContain('110.00');
    expect(page).toContain('M12');
    expect(page).not.toContain('M0');
    await expect(renderPdf('bill', alone({ chart: { title: 'x', bars: [bars[1]!] } }))).resolves.toBeInstanceOf(Buffer);
  });

  it('begins each bill of a batch on a page and numbers its pages on their own', async () => {
    const bills = [bill('B-1'), bill('B-2', { lines: lines(60), copy: 4 }), bill('B-3', { voided })];
    const pages = textOf(await renderPdf('bills', { letterhead, printedAt: '2025-04-02T08:00:00Z', bills }));
    expect(pages.map((page) => /صفحة \d من \d/.exec(page)?.[0])).toEqual([
      'صفحة 1 من 1',
      'صفحة 1 من 2',
      'صفحة 2 من 2',
      'صفحة 1 من 1',
    ]);
    expect(pages.map((page) => /B-\d/.exec(page)?.[0])).toEqual(['B-1', 'B-2', 'B-2', 'B-3']);
    expect(pages.map((page) => page.includes('نسخة 4'))).toEqual([false, true, true, false]);
    expect(pages.map((page) => page.includes('ملغى'))).toEqual([false, false, false, true]);
    expect(pages.map((page) => page.includes('بلدية المثال'))).toEqual([true, true, true, true]);
    for (const [index, serial] of ['B-1', 'B-2', 'B-2', 'B-3'].entries())
      expect(pages[index]).toContain(`https://verify.example.ps/b/${serial}`);
  });

  it('refuses a file of no bills and of more than it holds', async () => {
    const batch = (count: number) =>
      renderPdf('bills', { letterhead, printedAt: '2025-04-02T08:00:00Z', bills: Array(count).fill(bill('B-1')) });
    await expect(batch(0)).rejects.toBeInstanceOf(RangeError);
    await expect(batch(SHEETS_PER_FILE + 1)).rejects.toBeInstanceOf(RangeError);
  });
});

describe('statement of account', () => {
  it('prints opening, rows with their running balance, totals and closing', async () => {
    const accounts = [
      ledger({ closing: credit('2.50') }),
      ledger({ service: 'ضريبة', currency: 'JOD', rows: [], opening: due('90.625'), closing: due('90.625') }),
    ];
    const closing = [{ currency: 'JOD', amount: due('90.625') }];
    const [page, ...more] = textOf(await renderPdf('statement-of-account', statement({ accounts, closing })));
    expect(more).toEqual([]);
    for (const expected of [
      'من 01/01/2025 إلى 15/03/2025',
      'الرصيد الافتتاحي6,999.25مدين',
      'INV-1000105/01/2025فاتورة7001.251.00مدين',
      'المجموع والرصيد الختامي2.500.003.00دائن',
      'لا حركات في هذه الفترة',
      'دينار أردني90.625مدين',
    ])
      expect(spaceless(page!)).toContain(spaceless(expected));
  });

  it('carries the balance of the last row of a page to the next, and closes only at the end', async () => {
    const accounts = [ledger({ rows: rows(200), closing: due('7,199.25') }), ledger({ accountNumber: 'second' })];
    const pages = textOf(await renderPdf('statement-of-account', statement({ accounts }))).map(spaceless);
    expect(pages.length).toBeGreaterThan(4);
    const documents = pages.map((page): string[] => page.match(/INV-1\d{4}/g) ?? []);
    expect(documents.flat().slice(0, 200)).toEqual(rows(200).map(({ document }) => document));
    const last = documents.findIndex((found) => found.includes('INV-10199'));
    for (const [index, page] of pages.slice(0, last).entries()) {
      const balance = `${7000 + Number(documents[index]!.at(-1)!.slice(5))}.25`;
      expect(page).toContain(`رصيدمنقولإلىالصفحةالتالية${balance}مدين`);
      expect(pages[index + 1]).toContain(`رصيدمنقولمنالصفحةالسابقة${balance}مدين`);
      expect(pages[index + 1]).toContain('المستندالبيانمديندائن');
      expect(page).not.toContain('الختامي');
    }
    expect(pages[last]).toContain('الرصيدالختامي7,199.250.003.00');
    expect(pages.join('').split('الرصيدالافتتاحي')).toHaveLength(3);
  });
});

/** Figures in neighbouring columns stand as they are seen, from left to right. */
const spaceless = (text: string): string => text.replace(/\s+/g, '');
