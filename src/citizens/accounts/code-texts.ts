import type { OtpFor } from '../../identity';

const NAMES: Record<OtpFor['purpose'], string> = {
  ACTIVATION: 'كود التفعيل',
  LOGIN: 'كود الدخول',
  SECOND_STEP: 'كود الدخول',
  PASSPHRASE: 'كود تغيير كلمة السر',
  PHONE_CHANGE: 'كود تغيير رقم الجوال',
  NEW_PHONE: 'كود تأكيد رقم الجوال',
  PAYMENT: 'كود الدفع',
};

/** @param name of the citizen, where several share the phone */
export const codeText = (
  municipality: string,
  purpose: OtpFor['purpose'],
  { code, minutes, name }: { code: string; minutes: number; name: string | null },
): string =>
  `${municipality}: ${NAMES[purpose]}${name ? ` (${name})` : ''} ${code} صالح ${minutes} دقيقة. لا تعطه لأحد`;

export const phoneChangedText = (municipality: string, newPhone: string, undo: string, hours: number): string =>
  `${municipality}: صار رقم جوال حسابك ${newPhone}. إن لم تطلب ذلك فألغه خلال ${hours} ساعة: ${undo}`;

export const phoneChangedAtCounterText = (municipality: string, newPhone: string): string =>
  `${municipality}: غُيّر رقم جوال حسابك إلى ${newPhone} في مركز الخدمات. إن لم تطلب ذلك فراجع البلدية`;

export const passphraseChangedText = (municipality: string): string =>
  `${municipality}: تغيّرت كلمة سر حسابك. إن لم تغيّرها أنت فراجع البلدية`;
