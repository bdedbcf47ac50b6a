import { BoundPayments } from './bound-payments';
import { Drawers } from './drawers';
import { Opposites } from './opposites';
import { PaymentLines } from './payment-lines';
import { PaymentRecorder } from './payment-recorder';
import { PaymentRests } from './payment-rest';
import { PaymentSearch } from './payment-search';
import { Payments } from './payments';
import { PaymentsController } from './payments.controller';
import { ReceiptPrints } from './receipt-prints';
import { ReceiptVerifier } from './receipt-verifier';
import { Receipts } from './receipts';
import { ReceiptsController } from './receipts.controller';
import { PaymentQuotes } from './payment-quotes';
import { PaymentQuotesController } from './payment-quotes.controller';
import { Reliefs } from './reliefs';
import { Refunds } from './refunds';
import { Reversals } from './reversals';

export const PAYMENT_CONTROLLERS = [PaymentsController, PaymentQuotesController, ReceiptsController];
export const PAYMENT_PROVIDERS = [
  BoundPayments,
  Payments,
  PaymentLines,
  PaymentRecorder,
  PaymentQuotes,
  Reliefs,
  PaymentRests,
  Drawers,
  Opposites,
  Refunds,
  Reversals,
  Receipts,
  ReceiptPrints,
  ReceiptVerifier,
  PaymentSearch,
];
