import type { Config } from '@libs/config';
import { html, type Html } from '../../documents';
import type { Language } from '../templates/template.entity';
import type { PublicNotice } from './notice.entity';
import { wordsOf } from './notices.page';

/** Atom (RFC 4287) of the same notices. An entry's id is for ever, so it names no address that may move. */
export function noticesFeed(notices: readonly PublicNotice[], lang: Language, config: Config, now: string): string {
  const { host } = new URL(config.publicUrl);
  const name = lang === 'ar' ? config.municipalityAr : config.municipalityEn;
  const updated = notices[0]?.sendAt ?? now;
  const feed = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">
    <id>tag:${host},2026:notices:${lang}</id>
    <title>${lang === 'ar' ? `إعلانات ${name}` : `Notices of ${name}`}</title>
    <updated>${updated}</updated>
    <author><name>${name}</name></author>
    <link rel="self" type="application/atom+xml" href="${config.publicUrl}/notices/feed.xml?lang=${lang}" />
    <link rel="alternate" type="text/html" href="${config.publicUrl}/notices?lang=${lang}" />
    ${notices.map((notice) => entry(notice, lang, config, host))}
  </feed>`.text;
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed}\n`;
}

function entry(notice: PublicNotice, lang: Language, { publicUrl }: Config, host: string): Html {
  const said = wordsOf(notice, lang);
  return html`<entry xml:lang="${said.lang}">
    <id>tag:${host},2026:notice:${String(notice.id)}:${said.lang}</id>
    <title>${said.title}</title>
    <published>${notice.sendAt!}</published>
    <updated>${notice.sendAt!}</updated>
    <link rel="alternate" type="text/html" href="${publicUrl}/notices?lang=${lang}#n${String(notice.id)}" />
    <content type="text">${said.text}</content>
  </entry>`;
}
