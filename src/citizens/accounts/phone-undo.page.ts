import { localDateOf, localTimeOf } from '@libs/calendar';
import type { Config } from '@libs/config';
import { maskPhone } from '@libs/phone';
import { html, ltr, publicPage, row } from '../../documents';
import type { PhoneChange } from './phone-change.entity';

export const undoPage = ({ newPhone, coolsUntil }: PhoneChange, config: Config): string =>
  publicPage(
    config,
    {
      tone: 'note',
      sign: '?',
      ar: 'تغيّر رقم جوال حسابك',
      en: 'The phone of your account was changed',
      moreAr: 'إن لم تطلب ذلك فألغه: يعود جوالك هذا، وتنتهي كل الجلسات، وتختار كلمة سر جديدة.',
      moreEn:
        'If it was not you, undo it: this phone is yours again, every session ends, and you choose a new passphrase.',
    },
    html`<dl>
        ${row('الرقم الجديد', 'New phone', ltr(maskPhone(newPhone)))}
        ${row('متاح حتى', 'Possible until', ltr(`${localDateOf(coolsUntil)} ${localTimeOf(coolsUntil)}`))}
      </dl>
      <form method="post">
        <button>ألغ التغيير <span lang="en">Undo</span></button>
      </form>`,
  );

export const undonePage = (config: Config): string =>
  publicPage(
    config,
    {
      tone: 'good',
      sign: '✓',
      ar: 'أُلغي التغيير',
      en: 'Undone',
      moreAr: 'عاد جوالك هذا إلى حسابك. ادخل بكود يصلك عليه، ثم اختر كلمة سر جديدة.',
      moreEn: 'This phone is that of your account again. Log in by a code, then choose a new passphrase.',
    },
    html``,
  );

export const undoRefusedPage = (ar: string, en: string, config: Config): string =>
  publicPage(config, { tone: 'bad', sign: '✕', ar, en, moreAr: '', moreEn: '' }, html``);
