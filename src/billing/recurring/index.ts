import { RecurringChargesController } from './recurring.controller';
import { RecurringFeeder } from './recurring.feeder';
import { RecurringCharges } from './recurring.service';

export const RECURRING_CONTROLLERS = [RecurringChargesController];
export const RECURRING_PROVIDERS = [RecurringCharges, RecurringFeeder];
