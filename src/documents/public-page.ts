import { stripBidiControls } from '@libs/arabic';
import type { Config } from '@libs/config';
import { Problem } from '@libs/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Verdict } from './verdicts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** JSON for programs that ask for it, a page for everybody else. */
export const wantsJson = ({ headers }: FastifyRequest): boolean =>
  /\bapplication\/(problem\+)?json\b/i.test(headers.accept ?? '');

/** Of a page that is about somebody: no cache keeps it, no search engine lists it. */
export const UNLISTED = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' } as const;

/** Answers by the page of `work`; what that refuses is a page too, under its status. */
export async function answerByPage<T>(
  reply: FastifyReply,
  work: () => Promise<T>,
  refused: (problem: Problem) => string,
): Promise<T | string> {
  void reply.headers(UNLISTED).type('text/html; charset=utf-8');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    void reply.status(error.status);
    return refused(error);
  }
}

/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

/** Everything put in is escaped, lists of parts and parts themselves excepted. */
export function html(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const put = (value: string | Html): string =>
    value instanceof Html ? value.text : stripBidiControls(value).replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
  return new Html(
    strings.reduce((page, part, at) => {
      const value = values[at - 1]!;
      return page + (Array.isArray(value) ? value.map(put).join('') : put(value)) + part;
    }),
  );
}

/** What is read from left to right: numbers, serials. */
export const ltr = (text: string): Html => html`<bdi dir="ltr">${text}</bdi>`;

/** A line of a `<dl>`. */
export const row = (ar: string, en: string, value: Html): Html =>
  html`<div class="row">
    <dt>${ar} <span lang="en">${en}</span></dt>
    <dd>${value}</dd>
  </div>`;

export interface Frame {
  lang: 'ar' | 'en';
  title: string;
  /** Search engines may show it. */
  listed?: boolean;
  /** A `<style>` of its own. */
  style?: Html;
}

/** A page for citizens under the names of the municipality: nothing from elsewhere, without scripts. */
export function framedPage(config: Config, { lang, title, listed = false, style = html`` }: Frame, body: Html): string {
  const isArabic = lang === 'ar';
  const [name, other] = isArabic
    ? [config.municipalityAr, html`<span lang="en" dir="ltr">${config.municipalityEn}</span>`]
    : [config.municipalityEn, html`<span lang="ar" dir="rtl">${config.municipalityAr}</span>`];
  return html`<!doctype html>
    <html lang="${lang}" dir="${isArabic ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${listed ? html`` : html`<meta name="robots" content="noindex" />`}
        <link rel="icon" href="data:," />
        <title>${title} · ${name}</title>
        ${STYLE} ${style}
      </head>
      <body>
        <main>
          <header>
            <b>${name}</b>
            ${other}
          </header>
          ${body}
        </main>
      </body>
    </html>`.text;
}

/** A page in Arabic with its English beneath, about one document. `lead` stands before its text. */
export const publicPage = (
  config: Config,
  { tone, sign, ar, en, moreAr, moreEn }: Verdict,
  body: Html,
  lead = html``,
): string =>
  framedPage(
    config,
    { lang: 'ar', title: ar },
    html`<section class="verdict ${tone}">
        <span class="sign" aria-hidden="true">${sign}</span>
        <div>
          <h1>${ar}</h1>
          <span lang="en" dir="ltr">${en}</span>
        </div>
      </section>
      ${lead}
      <p>
        ${moreAr}<br />
        <span lang="en" dir="ltr">${moreEn}</span>
      </p>
      ${body}`,
  );

const STYLE = html`<style>
  * {
    box-sizing: border-box;
  }
  body {
    margin: 0;
    background: #eef4f2;
    color: #16211f;
    font:
      17px/1.6 'Noto Naskh Arabic',
      'Geeza Pro',
      'Segoe UI',
      Tahoma,
      sans-serif;
  }
  main {
    max-width: 34rem;
    margin: 0 auto;
    padding: 1rem;
    background: #fff;
    min-height: 100vh;
  }
  header {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    gap: 1rem;
    padding-bottom: 0.5rem;
    border-bottom: 3px solid #1d5c56;
    color: #1d5c56;
    font-size: 1.2rem;
  }
  span[lang='en'] {
    color: #5d6b69;
    font-size: 0.8rem;
  }
  h1 {
    margin: 0;
    font-size: 1.35rem;
    line-height: 1.4;
  }
  h2 {
    font-size: 1.05rem;
    margin: 1.2rem 0 0;
    color: #1d5c56;
  }
  .verdict {
    display: flex;
    align-items: center;
    gap: 0.9rem;
    margin: 1rem 0;
    padding: 0.9rem;
    border-radius: 0.5rem;
    background: var(--tint);
    border-inline-start: 6px solid var(--tone);
  }
  .sign {
    flex: none;
    width: 2.6rem;
    height: 2.6rem;
    border-radius: 50%;
    background: var(--tone);
    color: #fff;
    font: bold 1.5rem/2.6rem sans-serif;
    text-align: center;
  }
  .good {
    --tone: #17703a;
    --tint: #e6f4ea;
  }
  .note {
    --tone: #9a5b00;
    --tint: #fdf3e1;
  }
  .bad {
    --tone: #a61b1b;
    --tint: #fbe9e9;
  }
  .serial,
  .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1rem;
    padding: 0.45rem 0;
    border-bottom: 1px solid #c9d6d3;
  }
  .serial bdi {
    font-weight: bold;
    overflow-wrap: anywhere;
  }
  dl,
  dd {
    margin: 0;
  }
  bdi {
    unicode-bidi: isolate;
    font-variant-numeric: tabular-nums;
  }
  form {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    margin: 1.2rem 0;
  }
  button {
    flex: 1 1 9rem;
    padding: 0.8rem 1rem;
    border: 0;
    border-radius: 0.5rem;
    background: #1d5c56;
    color: #fff;
    font: inherit;
    font-weight: bold;
    cursor: pointer;
  }
  button.plain {
    background: #e3ebe9;
    color: #16211f;
  }
  button span[lang='en'] {
    color: inherit;
    font-weight: normal;
  }
  label {
    flex: 1 0 100%;
  }
  a {
    color: #1d5c56;
  }
  :focus-visible {
    outline: 3px solid #9a5b00;
    outline-offset: 2px;
  }
  footer {
    margin-top: 1.5rem;
    color: #5d6b69;
    font-size: 0.85rem;
  }
</style>`;
