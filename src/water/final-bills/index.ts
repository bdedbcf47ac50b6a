import { FinalBillFeeder } from './final-bill.feeder';
import { FinalBills } from './final-bills';
import { FinalBillsController } from './final-bills.controller';
import { FinalReadings } from './final-readings';

export const FINAL_BILL_CONTROLLERS = [FinalBillsController];
export const FINAL_BILL_PROVIDERS = [FinalBillFeeder, FinalBills, FinalReadings];
