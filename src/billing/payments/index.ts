import { PaymentSearch } from './payment-search';
import { Payments } from './payments';
import { PaymentsController } from './payments.controller';
import { ReceiptVerifier } from './receipt-verifier';
import { Receipts } from './receipts';
import { ReceiptsController } from './receipts.controller';
import { Reversals } from './reversals';

export const PAYMENT_CONTROLLERS = [PaymentsController, ReceiptsController];
export const PAYMENT_PROVIDERS = [Payments, Reversals, Receipts, ReceiptVerifier, PaymentSearch];
