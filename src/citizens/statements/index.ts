import { RecordPrint } from './record-print';
import { RecordPrintController } from './record-print.controller';
import { Statements } from './statements';
import { StatementsController } from './statements.controller';

/** What the citizens module takes in; these parts live on its {@link OneRecords}, so they are no module of their own. */
export const STATEMENT_CONTROLLERS = [StatementsController, RecordPrintController];
export const STATEMENT_PROVIDERS = [Statements, RecordPrint];
export { Statements };
