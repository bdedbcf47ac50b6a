import { PaymentLines } from './payment-lines';
import { PaymentRecorder } from './payment-recorder';
import { PaymentSearch } from './payment-search';
import { Payments } from './payments';
import { PaymentsController } from './payments.controller';
import { ReceiptVerifier } from './receipt-verifier';
import { Receipts } from './receipts';
import { ReceiptsController } from './receipts.controller';
import { Reversals } from './reversals';

export const PAYMENT_CONTROLLERS = [PaymentsController, ReceiptsController];
export const PAYMENT_PROVIDERS = [
  Payments,
  PaymentLines,
  PaymentRecorder,
  Reversals,
  Receipts,
  ReceiptVerifier,
  PaymentSearch,
];
