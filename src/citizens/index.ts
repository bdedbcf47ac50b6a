export { CitizensModule } from './citizens.module';
export { OneRecords } from './one-records/one-records';
export { CitizenSearch } from './search';
