import { Global, Module, type DynamicModule } from '@nestjs/common';
import { systemClock, type Clock } from '@libs/calendar';
import type { Config } from './settings';

export * from './process';
export * from './settings';

/** Injection token of the {@link Config}. */
export const CONFIG = Symbol('config');
/** Injection token of the {@link Clock}; nothing else tells the time. */
export const CLOCK = Symbol('clock');

@Global()
@Module({})
export class ConfigModule {
  static forRoot(config: Config, clock: Clock = systemClock): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: CLOCK, useValue: clock },
      ],
      exports: [CONFIG, CLOCK],
    };
  }
}
