export { Accesses, AccessView, HOLDERS_OF_ROW, RECORD_BY_ID, recordOf, watch } from './accesses';
export { ACCESS, PhoneCooling } from './accounts';
export { CitizensModule } from './citizens.module';
export { CODES as CITIZENS } from './citizens.problems';
export { RegisterMatch } from './matching';
export { OneRecords, wrongState, type LinkedCitizen } from './one-records/one-records';
export { CitizenSearch } from './search';
export { printed } from './statements/amounts';
export { holderOf, type StatedAccount, type StatementContent } from './statements/content';
export { documentLabel, sharedAs } from './statements/labels';
export { EVIDENCE_MAX_BASE64, EVIDENCE_MAX_BYTES, evidenceType } from './one-records/evidence.rules';
export { RELATIONS } from './one-records/link.entity';
export { DOCUMENT_TYPES, type OneRecord } from './one-records/one-record.entity';
export type { Statement } from './statements/statement.entity';
export { StatementPrints } from './statements/statement-prints';
export { Statements } from './statements/statements';
export {
  summaryPage as statementSummaries,
  StatementSummaryView,
  statementView,
  StatementView,
} from './statements/statements.dto';
export { CODES as STATEMENTS } from './statements/statements.problems';
