import { Arrears } from './arrears';
import { Fees } from './fees';

export const FEE_PROVIDERS = [Arrears, Fees];
