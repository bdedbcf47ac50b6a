export { CitizensModule } from './citizens.module';
export { RegisterMatch } from './matching';
export { OneRecords, type LinkedCitizen } from './one-records/one-records';
export { CitizenSearch } from './search';
export { pdfFile } from './statements/pdf';
