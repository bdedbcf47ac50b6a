import { Drawers } from './drawers';
import { Opposites } from './opposites';
import { PaymentLines } from './payment-lines';
import { PaymentRecorder } from './payment-recorder';
import { PaymentRests } from './payment-rest';
import { PaymentSearch } from './payment-search';
import { Payments } from './payments';
import { PaymentsController } from './payments.controller';
import { ReceiptVerifier } from './receipt-verifier';
import { Receipts } from './receipts';
import { ReceiptsController } from './receipts.controller';
import { Refunds } from './refunds';
import { Reversals } from './reversals';

export const PAYMENT_CONTROLLERS = [PaymentsController, ReceiptsController];
export const PAYMENT_PROVIDERS = [
  Payments,
  PaymentLines,
  PaymentRecorder,
  PaymentRests,
  Drawers,
  Opposites,
  Refunds,
  Reversals,
  Receipts,
  ReceiptVerifier,
  PaymentSearch,
];
