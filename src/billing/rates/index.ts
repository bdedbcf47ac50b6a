import { ExchangeRates } from './exchange-rates';
import { Exchanges } from './exchanges';
import { RatesController } from './rates.controller';

export const RATE_CONTROLLERS = [RatesController];
export const RATE_PROVIDERS = [ExchangeRates, Exchanges];
