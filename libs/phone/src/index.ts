export { maskPhone, parsePhone } from './phone';
export type { ParsedPhone, PhoneKind } from './phone';
