import type { Config } from '@libs/config';
import type { OtpFor } from '../../identity';
import { ACCOUNT, defineTemplate } from '../../notifications';
import type { SecurityText } from './citizen-messages';

/** `what`: the purpose, and the name of the citizen where several share the phone. */
export const CODE = defineTemplate({
  code: 'citizens.code',
  topic: ACCOUNT,
  lane: 'OTP',
  placeholders: { what: 'text', code: 'code', minutes: 'number' },
  texts: {
    SMS: {
      ar: '{{municipality}}: {{what}} {{code}} صالح {{minutes}} دقيقة. لا تعطه لأحد',
      en: '{{municipality}}: {{what}} {{code}}, valid for {{minutes}} minutes. Give it to nobody',
    },
  },
});

const NAMES: Record<OtpFor['purpose'], { ar: string; en: string }> = {
  ACTIVATION: { ar: 'كود التفعيل', en: 'Activation code' },
  LOGIN: { ar: 'كود الدخول', en: 'Login code' },
  SECOND_STEP: { ar: 'كود الدخول', en: 'Login code' },
  PASSPHRASE: { ar: 'كود تغيير كلمة السر', en: 'Code to change the passphrase' },
  PHONE_CHANGE: { ar: 'كود تغيير رقم الجوال', en: 'Code to change the mobile number' },
  NEW_PHONE: { ar: 'كود تأكيد رقم الجوال', en: 'Code to confirm the mobile number' },
  PAYMENT: { ar: 'كود الدفع', en: 'Payment code' },
};

/** @param name of the citizen, where several share the phone */
export function whatFor(purpose: OtpFor['purpose'], name: string | null): { ar: string; en: string } {
  const { ar, en } = NAMES[purpose];
  return name === null ? { ar, en } : { ar: `${ar} (${name})`, en: `${en} (${name})` };
}

type Municipality = Pick<Config, 'municipalityAr' | 'municipalityEn'>;

export const phoneChangedText = (by: Municipality, newPhone: string, undo: string, hours: number): SecurityText => ({
  ar: `${by.municipalityAr}: صار رقم جوال حسابك ${newPhone}. إن لم تطلب ذلك فألغه خلال ${hours} ساعة: ${undo}`,
  en: `${by.municipalityEn}: your account now has the mobile ${newPhone}. If it was not you, undo it within ${hours} hours: ${undo}`,
});

export const phoneChangedAtCounterText = (by: Municipality, newPhone: string): SecurityText => ({
  ar: `${by.municipalityAr}: غُيّر رقم جوال حسابك إلى ${newPhone} في مركز الخدمات. إن لم تطلب ذلك فراجع البلدية`,
  en: `${by.municipalityEn}: the mobile of your account was changed to ${newPhone} at the service centre. If it was not you, come to us`,
});

export const passphraseChangedText = (by: Municipality): SecurityText => ({
  ar: `${by.municipalityAr}: تغيّرت كلمة سر حسابك. إن لم تغيّرها أنت فراجع البلدية`,
  en: `${by.municipalityEn}: the passphrase of your account was changed. If it was not you, come to us`,
});
