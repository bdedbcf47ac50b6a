import { startTestApp, type TestApp } from '../support/app';
import { noticeDesk } from '../support/notices';

let app: TestApp;
let desk: ReturnType<typeof noticeDesk>;
beforeAll(async () => {
  app = await startTestApp({ PUBLIC_URL: 'https://nablus.example' });
  desk = noticeDesk(app);
});
afterAll(() => app.close());

const WORDS = {
  titleAr: 'تعقيم "الشبكة"',
  textAr: 'سطر أول\nسطر ثان <script>alert(1)</script> & أكثر \u202e',
  titleEn: 'Chlorination',
  textEn: 'First & second',
};
const page = async (lang = 'ar') => (await app.request('GET', `//notices?lang=${lang}`)).body as string;
const feed = async (lang = 'ar') => app.request('GET', `//notices/feed.xml?lang=${lang}`);
async function published(more: object = {}, approval: object = {}): Promise<number> {
  const { id } = await desk.person();
  const notice = await desk.submitted({ ...WORDS, ...desk.listed(id), channels: ['INAPP'], onWeb: true, ...more });
  await desk.approve(notice, approval);
  await app.drain();
  return notice;
}

describe('what everybody may read', () => {
  it('is nothing before there is a notice', async () => {
    expect(await page()).toContain('لا إعلانات اليوم');
    expect(await page('en')).toContain('There are no notices today');
    expect((await app.request('GET', '/public/notices')).body).toEqual([]);
    expect((await feed()).body).not.toContain('<entry');
  });

  it('is a page in both languages, escaped, and a feed that programs read', async () => {
    const id = await published();
    const arabic = await page();
    expect(arabic).toContain('<html lang="ar" dir="rtl">');
    expect(arabic).toContain('تعقيم &quot;الشبكة&quot;');
    expect(arabic).toContain('سطر أول\nسطر ثان &lt;script&gt;');
    expect(arabic).not.toMatch(/<script|\u202e/);
    const english = await page('en');
    expect(english).toMatch(/<article id="n\d+" lang="en" dir="ltr">\s*<h2>Chlorination<\/h2>/);
    const { headers, body } = await feed('en');
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    expect(body).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/);
    expect(body).toContain(`<id>tag:nablus.example,2026:notice:${id}:en</id>`);
    expect(body).toContain('<content type="text">First &amp; second</content>');
    expect(body).toContain('<updated>2026-11-24T08:00:00.000Z</updated>');
    expect((await app.request('GET', '/public/notices')).body).toEqual([
      { id, ...WORDS, textAr: expect.stringContaining('سطر أول'), publishedAt: '2026-11-24T08:00:00.000Z' },
    ]);
    expect((await app.request('GET', '//notices?lang=fr')).status).toBe(422);
  });

  it('shows Arabic, marked as such, where nothing was written in English', async () => {
    await published({ titleEn: undefined, textEn: undefined, titleAr: 'بالعربية فقط' });
    expect(await page('en')).toMatch(/<article id="n\d+" lang="ar" dir="rtl">\s*<h2>بالعربية فقط<\/h2>/);
  });

  it('begins with its time, ends with its last day, and with a recall', async () => {
    const titles = async () => (await app.request('GET', '/public/notices')).body.map((each: any) => each.titleAr);
    await published({ titleAr: 'لاحقاً', webUntil: '2026-11-26' }, { sendAt: '2026-11-25T09:00' });
    const recalled = await published({ titleAr: 'مسحوب' });
    await published({ titleAr: 'داخلي', onWeb: false });
    expect(await titles()).toEqual(expect.arrayContaining(['مسحوب']));
    expect(await titles()).not.toEqual(expect.arrayContaining(['لاحقاً']));
    expect(await titles()).not.toEqual(expect.arrayContaining(['داخلي']));
    await desk.act(recalled, 'recall', 'officer', { reason: 'خطأ' });
    expect(await titles()).not.toEqual(expect.arrayContaining(['مسحوب']));
    app.clock.set('2026-11-25T07:00:00.000Z');
    expect((await titles())[0]).toBe('لاحقاً');
    // The last day is over at midnight of Hebron.
    app.clock.set('2026-11-26T21:59:00.000Z');
    expect(await titles()).toEqual(expect.arrayContaining(['لاحقاً']));
    app.clock.set('2026-11-26T22:00:00.000Z');
    expect(await titles()).not.toEqual(expect.arrayContaining(['لاحقاً']));
  });
});
