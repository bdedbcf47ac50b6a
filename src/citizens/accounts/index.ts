import { CITIZEN_AUTHENTICATOR } from '@libs/http';
import { CitizenAuthenticator } from './citizen-authenticator';

export const ACCOUNT_PROVIDERS = [{ provide: CITIZEN_AUTHENTICATOR, useClass: CitizenAuthenticator }];
