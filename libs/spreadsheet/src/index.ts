export { readTable, TableFileError } from './csv-table';
export type { TableRow } from './csv-table';
export { WORKBOOK_TYPE, writeWorkbook } from './workbook';
export type { CellValue, SheetColumn, WorkbookSheet } from './workbook';
