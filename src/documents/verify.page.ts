import type { Config } from '@libs/config';
import { html, ltr, publicPage, row, type Html } from './public-page';
import { MISTYPED, NAMES, UNKNOWN, verdictOf, type Kind } from './verdicts';
import type { VerificationView } from './verification.dto';

const CURRENCY_NAMES: Record<string, string> = { ILS: 'شيكل', JOD: 'دينار أردني', USD: 'دولار أمريكي' };

/** Page for whoever holds the paper: Arabic, right to left, without scripts. */
export function verifiedPage(view: VerificationView, config: Config): string {
  const shown = view.status === 'ALTERED' ? html`` : facts(view);
  return publicPage(config, verdictOf(view), shown, serialLine(view.serial));
}

/** @param serial null for what does not look like one: the page of the municipality repeats nobody's words */
export const unknownPage = (serial: string | null, mistyped: boolean, config: Config): string =>
  publicPage(config, mistyped ? MISTYPED : UNKNOWN, html``, serial === null ? html`` : serialLine(serial));

const serialLine = (serial: string): Html =>
  html`<p class="serial">
    <span>الرقم المتسلسل <span lang="en">Serial</span></span>
    ${ltr(serial)}
  </p>`;
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
