import { CITIZEN_AUTHENTICATOR } from '@libs/http';
import { AccountFollower } from './account-follower';
import { CitizenAccounts } from './accounts';
import { CitizenAuthController } from './citizen-auth.controller';
import { CitizenAuthenticator } from './citizen-authenticator';
import { CitizenMessages } from './citizen-messages';
import { CitizenLogin } from './citizen-login';
import { CitizenCodes } from './codes';
import { CounterSessions } from './counter-sessions';
import { CounterSessionsController } from './counter-sessions.controller';
import { OwnSecurity } from './own-security';
import { OwnSessionsController } from './own-sessions.controller';
import { PassphraseWriting } from './passphrase-writing';
import { Passphrases } from './passphrases';
import { PhoneChanges } from './phone-changes';
import { PhoneCooling } from './phone-cooling';
import { PhoneUndoController } from './phone-undo.controller';
import { Proofs } from './proofs';
import { SecurityController } from './security.controller';

export const ACCOUNT_CONTROLLERS = [
  CitizenAuthController,
  SecurityController,
  OwnSessionsController,
  CounterSessionsController,
  PhoneUndoController,
];
export const ACCOUNT_PROVIDERS = [
  AccountFollower,
  CitizenAccounts,
  CitizenCodes,
  CitizenLogin,
  CitizenMessages,
  CounterSessions,
  OwnSecurity,
  PassphraseWriting,
  Passphrases,
  PhoneChanges,
  PhoneCooling,
  Proofs,
  { provide: CITIZEN_AUTHENTICATOR, useClass: CitizenAuthenticator },
];
export { ACCESS } from './accounts.problems';
export { PhoneCooling };
