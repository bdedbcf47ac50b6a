import { Tariffs } from './tariffs';
import { TariffsController } from './tariffs.controller';

export const TARIFF_CONTROLLERS = [TariffsController];
export const TARIFF_PROVIDERS = [Tariffs];
