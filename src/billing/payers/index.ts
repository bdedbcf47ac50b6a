import { Payers } from './payers';
import { PayersController } from './payers.controller';

export const PAYER_CONTROLLERS = [PayersController];
export const PAYER_PROVIDERS = [Payers];
