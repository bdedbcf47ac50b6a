import { CitizenSearch } from './citizen-search';
import { NameCandidates } from './name-candidates';
import { NameIndex } from './name-index';
import { NameFacts } from './name-facts';
import { NameSearch } from './name-search';
import { NameSettling } from './name-settling';
import { KinSearch } from './kin-search';
import { KnownTokens } from './known-tokens';
import { NumberHits } from './number-hits';
import { RegisterRows } from './register-rows';
import { CitizenRows } from './rows.service';
import { SearchController } from './search.controller';
import { SearchLog } from './search-log';
import { SettlingJobs } from './settling.jobs';

export { CitizenSearch } from './citizen-search';

export const SEARCH_CONTROLLERS = [SearchController];
export const SEARCH_PROVIDERS = [
  CitizenSearch,
  CitizenRows,
  KinSearch,
  NameCandidates,
  NameIndex,
  NameFacts,
  NameSearch,
  NameSettling,
  KnownTokens,
  NumberHits,
  RegisterRows,
  SearchLog,
  SettlingJobs,
];
