import type { Config } from '@libs/config';
import { html, ltr, publicPage, row, type Html, type Verdict } from '../../../documents';
import { moneyView } from '../../till/amounts';
import type { SandboxAct } from './sandbox-desk';
import type { SandboxSession, SandboxState } from './sandbox.entity';

const STATES: Record<SandboxState, { ar: string; en: string }> = {
  OPEN: { ar: 'بانتظار الدفع', en: 'Waiting' },
  PAID: { ar: 'مدفوعة', en: 'Paid' },
  FAILED: { ar: 'مرفوضة', en: 'Failed' },
  EXPIRED: { ar: 'منتهية', en: 'Expired' },
  REFUNDED: { ar: 'مردودة', en: 'Refunded' },
};

const HEAD: Verdict = {
  tone: 'note',
  sign: '!',
  ar: 'بوابة دفع تجريبية',
  en: 'Sandbox payment gateway',
  moreAr: 'لا تُؤخذ هنا نقود ولا بيانات بطاقات. اختر ما يحدث، وتُبلَّغ به البلدية بإشعار موقّع.',
  moreEn: 'No money and no card is taken here. Choose what happens; a signed callback tells the municipality.',
};

const button = (act: SandboxAct, ar: string, en: string, main = false): Html =>
  html`<button name="act" value="${act}" ${main ? html`` : html`class="plain"`}>
    ${ar} <span lang="en">${en}</span>
  </button>`;

export function sandboxPage(session: SandboxSession, config: Config): string {
  const { reference, state, currency, amount, description, returnUrl } = session;
  const late = button('PAY_LATE', 'ادفع متأخراً', 'Pay late');
  const buttons =
    state === 'OPEN'
      ? [
          button('PAY', 'ادفع', 'Pay', true),
          button('FAIL', 'ارفض', 'Fail'),
          button('EXPIRE', 'دع المدة تنتهي', 'Let it expire'),
          late,
        ]
      : [late];
  const open = state === 'PAID' || state === 'REFUNDED' ? html`` : form(buttons);
  const { formatted } = moneyView(currency, amount);
  return publicPage(
    config,
    HEAD,
    html`<dl>
        ${row('المرجع', 'Reference', ltr(reference))} ${row('الوصف', 'Description', html`<bdi>${description}</bdi>`)}
        ${row('المبلغ', 'Amount', html`<b>${ltr(`${formatted} ${currency}`)}</b>`)}
        ${row('الحالة', 'State', html`${STATES[state].ar} <span lang="en">${STATES[state].en}</span>`)}
      </dl>
      ${open}
      <p><a href="${returnUrl}">العودة إلى البلدية</a> <span lang="en">Back to the municipality</span></p>`,
  );
}

const form = (buttons: Html[]): Html =>
  html`<form method="post">
    <label>
      <input type="checkbox" name="lost" value="true" /> يضيع الإشعار في الطريق
      <span lang="en">The callback gets lost</span>
    </label>
    ${buttons}
  </form>`;
