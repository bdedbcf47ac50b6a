export { Metrics } from './metrics';
export { SystemModule } from './system.module';
