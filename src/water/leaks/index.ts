import { LeakAllowances } from './leak-allowances';
import { LeaksController } from './leaks.controller';

export const LEAK_CONTROLLERS = [LeaksController];
export const LEAK_PROVIDERS = [LeakAllowances];
