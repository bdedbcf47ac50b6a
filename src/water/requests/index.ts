import { RequestEffects } from './request-effects';
import { RequestExecution } from './request-execution';
import { RequestSteps } from './request-steps';
import { RequestSubmission } from './request-submission';
import { Requests } from './requests';
import { RequestsController } from './requests.controller';

export const REQUEST_CONTROLLERS = [RequestsController];
export const REQUEST_PROVIDERS = [RequestEffects, RequestExecution, RequestSteps, RequestSubmission, Requests];
