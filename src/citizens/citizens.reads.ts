import { RECORD_BY_ID, recordOf, watch } from './accesses/watched-routes';

const STATEMENT = recordOf('statements', 'serial');
/** Whoever holds the row, in whatever relation. */
const HOLDERS_OF_ROW = `SELECT "one_record_id" AS "id" FROM "one_record_links"
  WHERE "legacy_citizen_id" = ? AND "active_citizen_id" IS NOT NULL`;

watch('RECORD', RECORD_BY_ID, 'one-records/:id', 'one-records/:id/print');
watch('RECORD', 'SELECT "id" FROM "one_records" WHERE "number" = ?', 'one-records/by-number/:number');
watch('ROWS', RECORD_BY_ID, 'one-records/:id/rows');
watch('ROWS', HOLDERS_OF_ROW, 'citizens/rows/:id');
watch('DOCUMENTS', RECORD_BY_ID, 'one-records/:id/evidence/:evidenceId');
watch('HISTORY', RECORD_BY_ID, 'one-records/:id/transactions');
watch('HISTORY', recordOf('edit_proposals'), 'citizens/proposals/:id');
watch('STATEMENT', RECORD_BY_ID, 'one-records/:id/statements');
watch('STATEMENT', STATEMENT, 'statements/:serial', 'statements/:serial/pdf');
watch('MESSAGE', RECORD_BY_ID, 'one-records/:id/preferences');
watch('MESSAGE', recordOf('messages'), 'notifications/messages/:id', 'notifications/messages/:id/content');
