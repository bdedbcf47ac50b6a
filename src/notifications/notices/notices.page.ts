import { formatArabicDate, formatEnglishDate, localDateOf, localTimeOf, type Instant } from '@libs/calendar';
import type { Config } from '@libs/config';
import { framedPage, html, type Html } from '../../documents';
import type { Language } from '../templates/template.entity';
import type { PublicNotice } from './notice.entity';

const WORDS = {
  ar: { title: 'إعلانات البلدية', none: 'لا إعلانات اليوم.', switchTo: 'English', feed: 'تابع الإعلانات' },
  en: { title: 'Notices', none: 'There are no notices today.', switchTo: 'العربية', feed: 'Follow the notices' },
};

const STYLE = html`<style>
  article {
    padding: 0.8rem 0;
    border-bottom: 1px solid #c9d6d3;
  }
  article p {
    margin: 0.3rem 0 0;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  time {
    color: #5d6b69;
    font-size: 0.85rem;
  }
</style>`;

/** In the language of the page; Arabic where nothing was written in English, marked as such. */
export function wordsOf({ titleAr, titleEn, textAr, textEn }: PublicNotice, lang: Language) {
  const isEnglish = lang === 'en' && textEn !== null;
  return isEnglish
    ? { lang: 'en' as const, title: titleEn ?? titleAr, text: textEn }
    : { lang: 'ar' as const, title: titleAr, text: textAr };
}

/** What the municipality tells everybody. */
export function noticesPage(notices: readonly PublicNotice[], lang: Language, config: Config): string {
  const words = WORDS[lang];
  const other = lang === 'ar' ? 'en' : 'ar';
  const style = html`${STYLE}<link
      rel="alternate"
      type="application/atom+xml"
      href="/notices/feed.xml?lang=${lang}"
    />`;
  return framedPage(
    config,
    { lang, title: words.title, listed: true, style },
    html`<nav><a href="/notices?lang=${other}" lang="${other}" hreflang="${other}">${words.switchTo}</a></nav>
      <h1>${words.title}</h1>
      ${notices.length === 0 ? html`<p role="status">${words.none}</p>` : html``}
      ${notices.map((notice) => article(notice, lang))}
      <footer><a href="/notices/feed.xml?lang=${lang}">${words.feed} (Atom)</a></footer>`,
  );
}

function article(notice: PublicNotice, lang: Language): Html {
  const said = wordsOf(notice, lang);
  return html`<article id="n${String(notice.id)}" lang="${said.lang}" dir="${said.lang === 'ar' ? 'rtl' : 'ltr'}">
    <h2>${said.title}</h2>
    <time datetime="${notice.sendAt!}">${moment(notice.sendAt!, said.lang)}</time>
    <p>${said.text}</p>
  </article>`;
}

function moment(at: Instant, lang: Language): string {
  const day = localDateOf(at);
  return `${lang === 'ar' ? formatArabicDate(day) : formatEnglishDate(day)} ${localTimeOf(at)}`;
}
