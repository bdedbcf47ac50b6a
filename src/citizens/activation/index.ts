import { ActivationController } from './activation.controller';
import { Activation } from './activation.service';

export const ACTIVATION_CONTROLLERS = [ActivationController];
export const ACTIVATION_PROVIDERS = [Activation];
