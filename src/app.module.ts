import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { LoggerModule } from 'nestjs-pino';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { systemClock, type Clock } from '@libs/calendar';
import { ConfigModule, type Config } from '@libs/config';
import { AccessGuard, ProblemFilter, SlidingHits, validationPipe } from '@libs/http';
import { OperationsModule, OutboxModule, SchedulesModule } from '@libs/outbox';
import { PersistenceModule } from '@libs/persistence';
import { BillingModule } from './billing';
import { CitizensModule } from './citizens';
import { IdentityModule, isLogin } from './identity';
import { LegacyModule } from './legacy';
import { logging } from './logging';
import { NotificationsModule } from './notifications';
import { PortalModule } from './portal';
import { SCHEMA } from './schema';
import { SystemModule } from './system';
import { WaterModule } from './water';

@Module({})
export class AppModule {
  static forRoot(config: Config, clock: Clock = systemClock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(logging(config)),
        ConfigModule.forRoot(config, clock),
        PersistenceModule.forRoot(config.databaseUrl, SCHEMA),
        DiscoveryModule,
        ScheduleModule.forRoot({ cronJobs: config.role !== 'api' }),
        ThrottlerModule.forRoot({
          storage: new SlidingHits(),
          throttlers: [
            { ttl: 60_000, limit: config.requestsPerMinute },
            {
              name: 'login',
              ttl: 60_000,
              limit: Math.ceil(config.requestsPerMinute / 10),
              skipIf: (context) => !isLogin(context),
            },
          ],
          // Kept in this process alone: a hash of it at every request would hide nothing.
          generateKey: (context, tracker, name) =>
            [context.getClass().name, context.getHandler().name, name, tracker].join(' '),
        }),
        OutboxModule,
        OperationsModule,
        SchedulesModule,
        IdentityModule,
        LegacyModule,
        NotificationsModule,
        CitizensModule,
        BillingModule,
        WaterModule,
        PortalModule,
        SystemModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validationPipe },
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
    };
  }
}
