import { BalanceController } from './balance/balance.controller';
import { Balances } from './balance/balances';
import { Volumes } from './balance/volumes';
import { FaultDecisions } from './faults/fault-decisions';
import { FaultSurroundings } from './faults/fault-surroundings';
import { Faults } from './faults/faults';
import { FaultsController } from './faults/faults.controller';
import { WorkOrders } from './faults/work-orders';
import { WorkOrdersController } from './faults/work-orders.controller';
import { Indicators } from './indicators/indicators';
import { IndicatorsController } from './indicators/indicators.controller';
import { ReadingFactsReader } from './indicators/reading-facts';
import { InterruptionMessages } from './interruptions/interruption-messages';
import { InterruptionNotices } from './interruptions/interruption-notices';
import { Interruptions } from './interruptions/interruptions';
import { InterruptionsController } from './interruptions/interruptions.controller';
import { PublicSupplyController } from './supply/public-supply.controller';
import { PublishedSupply } from './supply/published-supply';
import { SupplyExceptions } from './supply/supply-exceptions';
import { SupplySchedules } from './supply/supply-schedules';
import { SupplyController } from './supply/supply.controller';
import { NetworkZones } from './zones';

export const NETWORK_CONTROLLERS = [
  FaultsController,
  WorkOrdersController,
  InterruptionsController,
  SupplyController,
  PublicSupplyController,
  BalanceController,
  IndicatorsController,
];
export const NETWORK_PROVIDERS = [
  NetworkZones,
  Faults,
  FaultSurroundings,
  FaultDecisions,
  WorkOrders,
  Interruptions,
  InterruptionNotices,
  InterruptionMessages,
  SupplySchedules,
  SupplyExceptions,
  PublishedSupply,
  Volumes,
  Balances,
  ReadingFactsReader,
  Indicators,
];
