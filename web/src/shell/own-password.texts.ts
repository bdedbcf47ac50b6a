import { dictionary } from '../i18n/dictionary';

export const OWN_PASSWORD = dictionary(
  {
    title: 'تغيير كلمة المرور',
    old: 'كلمة المرور الحالية',
    new: 'كلمة المرور الجديدة',
    hint: 'من 12 حرفاً على الأقل. تنتهي جلساتك الأخرى.',
    save: 'غيّرها',
    changed: 'تغيّرت كلمة مرورك',
  },
  {
    title: 'Change my password',
    old: 'Present password',
    new: 'New password',
    hint: '12 characters at least. Your other sessions end.',
    save: 'Change it',
    changed: 'Your password was changed',
  },
);
