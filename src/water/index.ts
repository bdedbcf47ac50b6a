export { seedDemoTariffs } from './demo';
export { WaterModule } from './water.module';
export { WaterTakeOvers } from './take-over/take-overs';
