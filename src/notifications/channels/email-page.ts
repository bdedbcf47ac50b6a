import type { Language } from '../templates/template.entity';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const LINK = /https?:\/\/[^\s<>"'\u2066-\u2069]+/g;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);

/** The words as HTML: nothing of them is markup, addresses can be followed. */
export function emailPage(body: string, language: Language): string {
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  const paragraphs = body.split(/\n{2,}/).map((paragraph) => `<p>${withLinks(paragraph).replace(/\n/g, '<br>')}</p>`);
  return `<!doctype html><html lang="${language}" dir="${direction}"><body>${paragraphs.join('')}</body></html>`;
}

function withLinks(text: string): string {
  let page = '';
  let end = 0;
  for (const { 0: address, index } of text.matchAll(LINK)) {
    page += escaped(text.slice(end, index)) + `<a href="${escaped(address)}">${escaped(address)}</a>`;
    end = index + address.length;
  }
  return page + escaped(text.slice(end));
}
