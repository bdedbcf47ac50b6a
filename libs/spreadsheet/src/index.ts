export { WORKBOOK_TYPE, writeWorkbook } from './workbook';
export type { CellValue, SheetColumn, WorkbookSheet } from './workbook';
