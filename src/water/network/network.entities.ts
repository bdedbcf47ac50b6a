import { Volume, ZoneLength } from './balance/volume.entity';
import { Fault, WorkOrder } from './faults/fault.entity';
import { Interruption, InterruptionNotice } from './interruptions/interruption.entity';
import { SupplyException, SupplySchedule } from './supply/supply.entity';

export const NETWORK_ENTITIES = [
  WorkOrder,
  Fault,
  Interruption,
  InterruptionNotice,
  SupplySchedule,
  SupplyException,
  Volume,
  ZoneLength,
];
