export { Allow, AccessGuard, AUTHENTICATOR, Caller, Public, type Authenticator, type Principal } from './access';
export { ProblemView, Refuses } from './documented';
export * from './fields';
export { Idempotent, IdempotencyInterceptor, IdempotencyKey } from './idempotency';
export { ApiPage, PageQuery, pageOf, skipped, type Page } from './paging';
export { languageOf, ProblemFilter, problemDocument, sendProblem, toProblem, type Language } from './problem.filter';
export {
  allProblems,
  defineProblems,
  invalidField,
  Problem,
  problemKind,
  type FieldError,
  type ProblemKind,
} from './problems';
export { validationPipe } from './validation';
export { ChangesVersion, IfMatch } from './versioned';
export { acceptFiles, fileOf, TakesFile } from './files';
export { refuseUnparsed } from './unparsed';
export { checkBody, signBody } from './signed-body';
