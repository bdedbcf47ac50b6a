export { isolate, stripBidiControls } from './bidi';
export { isGivenName, listedName } from './given-names';
export { digitValue, foldDigits, hasLetters, isBlankName, normalizeText } from './text';
export { nameTokens, normalizeName } from './name';
export { jointMarker } from './joint-marker';
export type { JointMarker } from './joint-marker';
export type { JointRelation } from './joint-words';
