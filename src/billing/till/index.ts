import { Deposits } from './deposits';
import { DepositsController } from './deposits.controller';
import { ShiftCashReader } from './shift-cash';
import { ShiftReports } from './shift-report';
import { Shifts } from './shifts';
import { ShiftsController } from './shifts.controller';
import { TillPrintsController } from './till-prints.controller';
import { Tills } from './tills';
import { TillsController } from './tills.controller';

export const TILL_CONTROLLERS = [TillsController, ShiftsController, DepositsController, TillPrintsController];
export const TILL_PROVIDERS = [Tills, Shifts, ShiftCashReader, ShiftReports, Deposits];
