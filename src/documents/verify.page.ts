import { stripBidiControls } from '@libs/arabic';
import type { Config } from '@libs/config';
import { MISTYPED, NAMES, UNKNOWN, verdictOf, type Kind, type Verdict } from './verdicts';
import type { VerificationView } from './verification.dto';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

class Html {
  constructor(readonly text: string) {}
}

/** Everything put in is escaped, lists of parts and parts themselves excepted. */
function html(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const put = (value: string | Html): string =>
    value instanceof Html ? value.text : stripBidiControls(value).replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
  return new Html(
    strings.reduce((page, part, at) => {
      const value = values[at - 1]!;
      return page + (Array.isArray(value) ? value.map(put).join('') : put(value)) + part;
    }),
  );
}

const CURRENCY_NAMES: Record<string, string> = { ILS: 'شيكل', JOD: 'دينار أردني', USD: 'دولار أمريكي' };

/** Page for whoever holds the paper: Arabic, right to left, without scripts. */
export function verifiedPage(view: VerificationView, config: Config): string {
  const shown = view.status === 'ALTERED' ? html`` : facts(view);
  return page(config, verdictOf(view), view.serial, shown);
}

/** @param serial null for what does not look like one: the page of the municipality repeats nobody's words */
export const unknownPage = (serial: string | null, mistyped: boolean, config: Config): string =>
  page(config, mistyped ? MISTYPED : UNKNOWN, serial, html``);

const row = (ar: string, en: string, value: Html): Html =>
  html`<div class="row">
    <dt>${ar} <span lang="en">${en}</span></dt>
    <dd>${value}</dd>
  </div>`;
const serialLine = (serial: string): Html =>
  html`<p class="serial">
    <span>الرقم المتسلسل <span lang="en">Serial</span></span>
    ${ltr(serial)}
  </p>`;
const ltr = (text: string): Html => html`<bdi dir="ltr">${text}</bdi>`;
/** As printed on the sheet: 24/11/2026. */
const day = (date: string): Html => ltr(date.split('-').reverse().join('/'));

function facts({ kind, holder, issuedOn, asOf, validUntil, totals }: VerificationView): Html {
  return html`<dl>
      ${row('نوع الوثيقة', 'Document', html`${NAMES[kind].ar}`)}
      ${row('صاحب الوثيقة', 'Holder', html`<bdi>${holder ?? ''}</bdi>`)}
      ${row('تاريخ الإصدار', 'Issued', day(issuedOn))}
      ${asOf === null ? html`` : row('الأرصدة حتى تاريخ', 'As of', day(asOf))}
      ${validUntil === null ? html`` : row('صالحة حتى', 'Valid until', day(validUntil))}
    </dl>
    ${kind === 'CLEARANCE_CERTIFICATE' ? html`` : sums(kind, totals)}
    <footer>لا تظهر هنا بيانات شخصية كاملة حفاظاً على الخصوصية.</footer>`;
}

function sums(kind: Kind, totals: VerificationView['totals']): Html {
  if (totals.length === 0) return html`<p>لا توجد حسابات في هذه الوثيقة. <span lang="en">No accounts.</span></p>`;
  const isBalance = kind !== 'RECEIPT';
  return html`<h2>مجموع كل عملة <span lang="en">Total per currency</span></h2>
    <dl>
      ${totals.map(({ currency, balance, formatted }) => {
        const owed = !isBalance || balance === '0' ? '' : balance.startsWith('-') ? 'دائن' : 'مدين';
        const name = CURRENCY_NAMES[currency] ?? '';
        return row(name, currency, html`<b>${ltr(formatted.replace(/^-/, ''))}</b> ${owed}`);
      })}
    </dl>
    ${isBalance ? html`<p>مدين: مبلغ مستحق للبلدية. دائن: مبلغ لصالح صاحب الوثيقة.</p>` : html``}`;
}

function page(
  config: Config,
  { tone, sign, ar, en, moreAr, moreEn }: Verdict,
  serial: string | null,
  body: Html,
): string {
  return html`<!doctype html>
    <html lang="ar" dir="rtl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${ar} · ${config.municipalityAr}</title>
        ${STYLE}
      </head>
      <body>
        <main>
          <header>
            <b>${config.municipalityAr}</b>
            <span lang="en" dir="ltr">${config.municipalityEn}</span>
          </header>
          <section class="verdict ${tone}">
            <span class="sign" aria-hidden="true">${sign}</span>
            <div>
              <h1>${ar}</h1>
              <span lang="en" dir="ltr">${en}</span>
            </div>
          </section>
          ${serial === null ? html`` : serialLine(serial)}
          <p>
            ${moreAr}<br />
            <span lang="en" dir="ltr">${moreEn}</span>
          </p>
          ${body}
        </main>
      </body>
    </html>`.text;
}

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
  footer {
    margin-top: 1.5rem;
    color: #5d6b69;
    font-size: 0.85rem;
  }
</style>`;
