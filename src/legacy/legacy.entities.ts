import {
  LegacyCitizen,
  LegacyLicence,
  LegacyMeter,
  LegacyMovement,
  LegacyParcel,
  LegacyReading,
  LegacyService,
} from './mirror/mirror.entities';
import { LegacyReject, LegacyRun, LegacyRunFile } from './runs/run.entities';

export const LEGACY_ENTITIES = [
  LegacyRun,
  LegacyRunFile,
  LegacyReject,
  LegacyCitizen,
  LegacyService,
  LegacyMeter,
  LegacyParcel,
  LegacyLicence,
  LegacyReading,
  LegacyMovement,
];
