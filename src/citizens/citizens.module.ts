import { Module } from '@nestjs/common';
import { LegacyModule } from '../legacy';
import { NotificationsModule } from '../notifications';
import { DocumentsModule } from '../documents';
import { ACTIVATION_CONTROLLERS, ACTIVATION_PROVIDERS } from './activation';
import { PhoneHolders } from './contacts/phone-holders';
import { RecordAudiences } from './contacts/record-audiences';
import { RecordContacts } from './contacts/record-contacts';
import { MATCHING_CONTROLLERS, MATCHING_PROVIDERS, RegisterMatch } from './matching';
import { OneRecords } from './one-records/one-records';
import { ONE_RECORD_CONTROLLERS, ONE_RECORD_PROVIDERS } from './one-records/parts';
import { CitizenSearch, SEARCH_CONTROLLERS, SEARCH_PROVIDERS } from './search';
import { STATEMENT_CONTROLLERS, STATEMENT_PROVIDERS, Statements } from './statements';

@Module({
  imports: [LegacyModule, NotificationsModule, DocumentsModule],
  controllers: [
    ...ACTIVATION_CONTROLLERS,
    ...ONE_RECORD_CONTROLLERS,
    ...SEARCH_CONTROLLERS,
    ...STATEMENT_CONTROLLERS,
    ...MATCHING_CONTROLLERS,
  ],
  providers: [
    ...ACTIVATION_PROVIDERS,
    ...ONE_RECORD_PROVIDERS,
    ...SEARCH_PROVIDERS,
    ...STATEMENT_PROVIDERS,
    ...MATCHING_PROVIDERS,
    PhoneHolders,
    RecordAudiences,
    RecordContacts,
  ],
  exports: [OneRecords, CitizenSearch, RegisterMatch, Statements],
})
export class CitizensModule {}
