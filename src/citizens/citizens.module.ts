import { Module } from '@nestjs/common';
import { CITIZEN_AUTHENTICATOR } from '@libs/http';
import { LegacyModule } from '../legacy';
import { NotificationsModule } from '../notifications';
import { DocumentsModule } from '../documents';
import { ACCESS_PROVIDERS, Accesses } from './accesses';
import { ACCOUNT_CONTROLLERS, ACCOUNT_PROVIDERS, PhoneCooling } from './accounts';
import { ACTIVATION_CONTROLLERS, ACTIVATION_PROVIDERS } from './activation';
import './citizens.reads';
import { PhoneHolders } from './contacts/phone-holders';
import { RecordAudiences } from './contacts/record-audiences';
import { RecordContacts } from './contacts/record-contacts';
import { MATCHING_CONTROLLERS, MATCHING_PROVIDERS, RegisterMatch } from './matching';
import { OneRecords } from './one-records/one-records';
import { ONE_RECORD_CONTROLLERS, ONE_RECORD_PROVIDERS } from './one-records/parts';
import { CitizenSearch, SEARCH_CONTROLLERS, SEARCH_PROVIDERS } from './search';
import { STATEMENT_CONTROLLERS, STATEMENT_PROVIDERS, Statements } from './statements';
import { StatementPrints } from './statements/statement-prints';

@Module({
  imports: [LegacyModule, NotificationsModule, DocumentsModule],
  controllers: [
    ...ACCOUNT_CONTROLLERS,
    ...ACTIVATION_CONTROLLERS,
    ...ONE_RECORD_CONTROLLERS,
    ...SEARCH_CONTROLLERS,
    ...STATEMENT_CONTROLLERS,
    ...MATCHING_CONTROLLERS,
  ],
  providers: [
    ...ACCESS_PROVIDERS,
    ...ACCOUNT_PROVIDERS,
    ...ACTIVATION_PROVIDERS,
    ...ONE_RECORD_PROVIDERS,
    ...SEARCH_PROVIDERS,
    ...STATEMENT_PROVIDERS,
    ...MATCHING_PROVIDERS,
    PhoneHolders,
    RecordAudiences,
    RecordContacts,
  ],
  exports: [
    Accesses,
    CITIZEN_AUTHENTICATOR,
    PhoneCooling,
    OneRecords,
    CitizenSearch,
    RegisterMatch,
    StatementPrints,
    Statements,
  ],
})
export class CitizensModule {}
