import { ACCOUNT, defineTemplate } from '../../notifications';

export const ACTIVATION_CODE = defineTemplate({
  code: 'citizens.activation-code',
  topic: ACCOUNT,
  lane: 'OTP',
  placeholders: { code: 'code', minutes: 'number' },
  texts: {
    SMS: {
      ar: '{{municipality}}: كود التفعيل {{code}} صالح {{minutes}} دقيقة. لا تعطه لأحد',
      en: '{{municipality}}: your activation code is {{code}}, valid for {{minutes}} minutes. Give it to nobody',
    },
  },
});
