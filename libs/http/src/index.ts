export {
  Allow,
  AllowCitizen,
  AccessGuard,
  AUTHENTICATOR,
  Caller,
  Citizen,
  CITIZEN_AUTHENTICATOR,
  Public,
  type Authenticator,
  type CitizenAuthenticator,
  type CitizenPrincipal,
  type Principal,
} from './access';
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
export { Revalidated } from './revalidated';
export { SlidingHits } from './sliding-hits';
export { validationPipe } from './validation';
export { ChangesVersion, IfMatch } from './versioned';
export { acceptFiles, fileOf, TakesFile } from './files';
export { refuseUnparsed } from './unparsed';
export { checkBody, signBody, SignedBody } from './signed-body';
