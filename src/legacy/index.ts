export { ExtractError } from './extract/faults';
export { ControlDifference, IMPORT_LEASE, LegacyImporter, type ImportOutcome } from './import/importer';
export { LegacyModule } from './legacy.module';
export {
  LegacyMirror,
  type CitizenLabel,
  type LegacyCitizenObserver,
  type ServiceBalance,
} from './mirror/legacy-mirror';
export { LegacyCitizen, LegacyMeter, LegacyMovement, LegacyService } from './mirror/mirror.entities';
