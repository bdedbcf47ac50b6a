import { choice, setting, whole } from './setting-kinds';

/** One-time codes, and citizens as they log in. */
export const CITIZEN_SETTINGS = {
  otpMinutes: setting('OTP_MINUTES', '15', 'life of a one-time code', whole),
  otpTries: setting('OTP_TRIES', '5', 'wrong answers a one-time code bears', whole),
  otpResendSeconds: setting('OTP_RESEND_SECONDS', '60', 'pause between two codes of one purpose', whole),
  otpPerDay: setting('OTP_PER_DAY', '5', 'codes of one purpose a day and person', whole),
  otpPerPhoneDay: setting('OTP_PER_PHONE_DAY', '20', 'codes a day to one phone, which several people may share', whole),
  citizenTriesPerAddress: setting(
    'CITIZEN_TRIES_PER_ADDRESS',
    '300',
    'logins, answers and asked codes of citizens an hour and address before 429; many phones share that of their provider',
    whole,
  ),
  citizenSecondStep: setting(
    'CITIZEN_SECOND_STEP',
    'optional',
    'a code beside the passphrase: optional (for the citizens who ask for it) or always',
    choice('optional', 'always'),
  ),
  phoneCoolingHours: setting(
    'PHONE_COOLING_HOURS',
    '48',
    'hours after a change of phone in which the old phone can undo it and nothing sensitive is done',
    whole,
  ),
  accessNames: setting(
    'ACCESS_NAMES',
    'department',
    'what a citizen reads of who looked at the record: department and role, or name too',
    choice('department', 'name'),
  ),
} as const;
