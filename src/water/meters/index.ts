import { RemovalReadings } from './removal-readings';
import { Installations } from './installations';
import { InstallationsController } from './installations.controller';
import { MeterEvents } from './meter-events';
import { MeterTests } from './meter-tests';
import { Meters } from './meters';
import { MetersController } from './meters.controller';

export const METER_CONTROLLERS = [MetersController, InstallationsController];
export const METER_PROVIDERS = [RemovalReadings, Installations, MeterEvents, MeterTests, Meters];
