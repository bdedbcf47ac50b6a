import { FaultDecisions } from './faults/fault-decisions';
import { FaultSurroundings } from './faults/fault-surroundings';
import { Faults } from './faults/faults';
import { FaultsController } from './faults/faults.controller';
import { WorkOrders } from './faults/work-orders';
import { WorkOrdersController } from './faults/work-orders.controller';
import { InterruptionNotices } from './interruptions/interruption-notices';
import { Interruptions } from './interruptions/interruptions';
import { InterruptionsController } from './interruptions/interruptions.controller';
import { NetworkZones } from './zones';

export const NETWORK_CONTROLLERS = [FaultsController, WorkOrdersController, InterruptionsController];
export const NETWORK_PROVIDERS = [
  NetworkZones,
  Faults,
  FaultSurroundings,
  FaultDecisions,
  WorkOrders,
  Interruptions,
  InterruptionNotices,
];
