import { RecordAccess } from './accesses/record-access.entity';
import { CitizenAccount } from './accounts/citizen-account.entity';
import { PhoneChange } from './accounts/phone-change.entity';
import { EditProposal } from './edits/edit-proposal.entity';
import { MatchMember, MatchProposal, MatchRun } from './matching/matching.entities';
import { Evidence } from './one-records/evidence.entity';
import { Link, NotSamePerson } from './one-records/link.entity';
import { OneRecord } from './one-records/one-record.entity';
import { RowsApart } from './one-records/rows-apart.entity';
import {
  CitizenName,
  NameForm,
  NameFormKey,
  NameFormToken,
  NameToken,
  NameTokenTypo,
  SearchLogEntry,
} from './search/search.entities';
import { Statement } from './statements/statement.entity';
import { LinkTransaction } from './transactions/transaction.entity';

export const CITIZEN_ENTITIES = [
  OneRecord,
  Link,
  NotSamePerson,
  Evidence,
  LinkTransaction,
  EditProposal,
  CitizenAccount,
  PhoneChange,
  RecordAccess,
  NameToken,
  NameTokenTypo,
  NameForm,
  NameFormToken,
  NameFormKey,
  CitizenName,
  SearchLogEntry,
  Statement,
  MatchRun,
  MatchMember,
  MatchProposal,
  RowsApart,
];
