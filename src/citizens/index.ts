export { CitizensModule } from './citizens.module';
export { CODES as CITIZENS } from './citizens.problems';
export { RegisterMatch } from './matching';
export { OneRecords, wrongState, type LinkedCitizen } from './one-records/one-records';
export { CitizenSearch } from './search';
export { printed } from './statements/amounts';
export { holderOf, type StatedAccount, type StatementContent } from './statements/content';
export { documentLabel, sharedAs } from './statements/labels';
export { Statements } from './statements';
