import { Assignments } from './assignments';
import { Callbacks } from './callbacks';
import { CallbacksController } from './callbacks.controller';
import { Clearing } from './clearing';
import { GatewayEvents } from './gateway-events';
import { GatewayJobs } from './gateway.jobs';
import { Gateways } from './gateways';
import { OnlinePayments } from './online-payments';
import { PayController } from './pay.controller';
import { Polls } from './polls';
import { Reconciliations } from './reconciliations';
import { ReconciliationsController } from './reconciliations.controller';
import { Refunds } from './refunds';
import { SandboxController } from './sandbox/sandbox.controller';
import { SandboxDesk } from './sandbox/sandbox-desk';
import { SandboxGateway } from './sandbox/sandbox-gateway';
import { Settlements } from './settlements';
import { TransactionDrafts } from './transaction-drafts';
import { GatewayTransactions } from './transactions';
import { GatewayTransactionsController } from './transactions.controller';

export const GATEWAY_CONTROLLERS = [
  GatewayTransactionsController,
  ReconciliationsController,
  CallbacksController,
  PayController,
  SandboxController,
];
export const GATEWAY_PROVIDERS = [
  GatewayTransactions,
  TransactionDrafts,
  Gateways,
  GatewayEvents,
  GatewayJobs,
  Settlements,
  OnlinePayments,
  Callbacks,
  Polls,
  Refunds,
  Assignments,
  Clearing,
  Reconciliations,
  SandboxGateway,
  SandboxDesk,
];
