import { createSecretKey } from 'node:crypto';
import {
  Global,
  Inject,
  Module,
  type MiddlewareConsumer,
  type NestModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { CONFIG, ConfigError, type Config } from '@libs/config';
import { AUTHENTICATOR } from '@libs/http';
import { Store } from '@libs/persistence';
import { Audit } from './audit/audit';
import { AuditController } from './audit/audit.controller';
import { RequestTrail } from './audit/request-trail';
import { AccessTokens } from './auth/access-tokens';
import { AuthController } from './auth/auth.controller';
import { AuthService } from './auth/auth.service';
import { LoginGuards } from './auth/login-guards';
import { Sessions } from './auth/sessions';
import { StaffAuthenticator } from './auth/staff-authenticator';
import { DepartmentsController } from './departments/departments.controller';
import { DepartmentsService } from './departments/departments.service';
import { Forgetting } from './limits/forgetting';
import { RateLimits } from './limits/rate-limits';
import { Otp } from './otp/otp';
import { OwnPasswordService } from './users/own-password.service';
import { RolesController } from './roles.controller';
import { Passwords } from './users/passwords';
import { Programs } from './users/programs';
import { Staff } from './users/staff';
import { User } from './users/user.entity';
import { UsersController } from './users/users.controller';
import { UsersRepo } from './users/users.repo';
import { UsersService } from './users/users.service';

@Global()
@Module({
  imports: [
    JwtModule.registerAsync({
      inject: [CONFIG],
      // As a key object: a text would be tried as a public key on every request first.
      useFactory: (config: Config) => ({ secret: createSecretKey(config.jwtSecret, 'utf8') }),
    }),
  ],
  controllers: [AuthController, UsersController, RolesController, DepartmentsController, AuditController],
  providers: [
    Audit,
    RequestTrail,
    AccessTokens,
    AuthService,
    LoginGuards,
    Forgetting,
    Otp,
    RateLimits,
    Sessions,
    Passwords,
    Staff,
    Programs,
    UsersRepo,
    UsersService,
    OwnPasswordService,
    DepartmentsService,
    { provide: AUTHENTICATOR, useClass: StaffAuthenticator },
  ],
  exports: [
    AUTHENTICATOR,
    AccessTokens,
    Audit,
    LoginGuards,
    Otp,
    Passwords,
    Programs,
    RateLimits,
    RequestTrail,
    Sessions,
    Staff,
  ],
})
export class IdentityModule implements NestModule, OnApplicationBootstrap {
  constructor(
    private readonly trail: RequestTrail,
    private readonly store: Store,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  configure(consumer: MiddlewareConsumer): void {
    const begin = (request: { method?: string }, _: unknown, next: () => void) => this.trail.begin(request, next);
    consumer.apply(begin).forRoutes('{*path}');
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.nodeEnv !== 'production') return;
    if (await this.store.reads(User).existsBy({ demo: true })) {
      throw new ConfigError(
        'DATABASE_URL: this database holds demo users with a published password; production needs its own',
      );
    }
  }
}
