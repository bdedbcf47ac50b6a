/** The extract's files in the order they are taken in: a file comes after those it refers to. */
export const FILE_NAMES = ['citizens', 'services', 'meters', 'parcels', 'licences', 'readings', 'movements'] as const;
export type FileName = (typeof FILE_NAMES)[number];

export interface FileFormat {
  encoding: 'utf-8' | 'windows-1256';
  separator: ',' | ';';
  columns: readonly string[];
}

const utf8 = (columns: string): FileFormat => ({ encoding: 'utf-8', separator: ',', columns: columns.split(' ') });
const arabicWindows = (columns: string): FileFormat => ({
  encoding: 'windows-1256',
  separator: ';',
  columns: columns.split(' '),
});

export const FORMATS: Record<FileName, FileFormat> = {
  citizens: utf8('CIT_NO CIT_NAME DOC_TYPE DOC_NO PHONE ADDRESS ENTRY_DATE'),
  services: arabicWindows('SRV_NO SRV_TYPE CIT_NO ADDRESS STATUS START_DATE'),
  meters: arabicWindows('SRV_NO SERIAL DIAMETER_MM CLASS ROUTE SEQ INSTALLED'),
  readings: arabicWindows('SRV_NO SERIAL PERIOD READING SOURCE READER'),
  parcels: arabicWindows('SRV_NO BASIN PLOT AREA_M2 RENTAL_VALUE USE BUILT'),
  licences: arabicWindows('SRV_NO TRADE GRADE FEE EXPIRES'),
  movements: utf8('SRV_NO DATE KIND DEBIT CREDIT CUR DOC'),
};
