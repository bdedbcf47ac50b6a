import { HOLDERS_OF_ROW, RECORD_BY_ID, recordOf, watch } from './accesses/watched-routes';

const STATEMENT = recordOf('statements', 'serial');

watch('RECORD', RECORD_BY_ID, 'one-records/:id', 'one-records/:id/print', 'one-records/:id/sessions');
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
watch('ROWS', HOLDERS_OF_ROW, 'citizens/rows-apart?legacyCitizenId');
watch('HISTORY', RECORD_BY_ID, 'citizens/proposals?oneRecordId');
watch('MESSAGE', RECORD_BY_ID, 'notifications/messages?oneRecordId');
