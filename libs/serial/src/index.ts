export { officeCode, readSerial, serialOf } from './serial';
export type { ReadSerial, SerialParts } from './serial';
