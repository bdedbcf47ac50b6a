import { textOf } from '@libs/testing';
import { renderPdf } from './index';

const letterhead = { nameAr: 'بلدية المثال', nameEn: 'Example Municipality' };

describe('a field list', () => {
  const row = (order: number, route: string | null) => ({
    ...{ order: String(order), route, sequence: order, subscription: `S-${order}`, name: 'محمد أحمد خليل النابلسي' },
    ...{ address: 'رفيديا، قرب مسجد الروضة، عمارة السلام', meter: `Z${order}`, cause: 'دين' },
    owed: { text: '2,350.00', sign: 1 as const },
  });
  const rows = Array.from({ length: 60 }, (_, at) => row(1000 + at, at < 25 ? '26' : at < 50 ? '27' : null));
  const print = (lang: 'ar' | 'en') =>
    renderPdf('field-list', {
      ...{ letterhead, lang, printedAt: '2026-12-02T06:00:00Z', number: '7', kind: 'DISCONNECT' },
      ...{ workOn: '2026-12-02', crew: 'فرقة رفيديا، رائد سالم', rows },
    });

  it('has each order whole on one numbered page, under a heading that comes again, route by route', async () => {
    const pages = textOf(await print('ar'));
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, at) => expect(page).toContain(`صفحة ${at + 1} من ${pages.length}`));
    for (const { order, subscription, meter } of rows) {
      const on = pages.filter((page) => page.includes(subscription));
      expect(on).toHaveLength(1);
      for (const part of [order, meter]) expect(on[0]).toContain(part);
    }
    for (const page of pages.filter((each) => each.includes('S-10'))) expect(page).toContain('النتيجة وملاحظات');
    const heads = ['خط السير 26', 'خط السير 27', 'بلا خط سير'].map((head) =>
      pages.findIndex((page) => page.includes(head)),
    );
    expect(heads).toEqual([...heads].sort((one, other) => one - other));
    expect(heads).not.toContain(-1);
  });

  it('is printed in English too', async () =>
    expect(textOf(await print('en'))[0]).toMatch(/Field list[\s\S]*Route 26[\s\S]*Shows a receipt/));
});

describe('a top-up slip', () => {
  const ils = (text: string, sign: 0 | 1) => ({ currency: 'ILS', amount: { text, sign } });
  const print = (rest: ReturnType<typeof ils>) =>
    renderPdf('top-up-slip', {
      ...{ letterhead, token: '01234567890123456789', issuedAt: '2026-12-02T06:00:00Z', receipt: 'RC-1' },
      ...{ holder: 'محمد أحمد خليل النابلسي', subscription: '20005', meter: 'Z2409234', decoder: '0123456' },
      ...{ cubicMetres: '10.000', paid: ils('100.00', 1), price: ils('97.00', 1), rest },
    });

  it('shows the token with all its digits, on one page, and what was left where something was', async () => {
    const [page, ...more] = textOf(await print(ils('3.00', 1)));
    expect(more).toEqual([]);
    for (const part of ['01234567890123456789', '10.000', 'Z2409234', 'قيد لحسابكم', '02/12/2026 08:00'])
      expect(page!.replaceAll(/(?<=\d{4}) (?=\d{4})/g, '')).toContain(part);
    expect(textOf(await print(ils('0.00', 0)))[0]).not.toContain('قيد لحسابكم');
  });
});
