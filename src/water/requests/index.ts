import { RequestEffects } from './request-effects';
import { RequestExecution } from './request-execution';
import { RequestKindsController } from './request-kinds.controller';
import { RequestSteps } from './request-steps';
import { RequestSubmission } from './request-submission';
import { Requests } from './requests';
import { RequestsController } from './requests.controller';

export const REQUEST_CONTROLLERS = [RequestKindsController, RequestsController];
export const REQUEST_PROVIDERS = [RequestEffects, RequestExecution, RequestSteps, RequestSubmission, Requests];
