export { seedDemoTariffs } from './demo';
export { seedDemoNetwork } from './network/demo';
export { WaterModule } from './water.module';
export { WaterTakeOvers } from './take-over/take-overs';
