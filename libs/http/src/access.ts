import {
  applyDecorators,
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PATH_METADATA } from '@nestjs/common/constants';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problems';
import { Refuses } from './documented';

/** Who is asking, once the access token has been checked. */
export interface Principal {
  userId: number;
  username: string;
  role: string;
  departmentId: number | null;
  permissions: ReadonlySet<string>;
}

/** Checks a bearer token; provided by the identity module under {@link AUTHENTICATOR}. */
export interface Authenticator {
  /** @returns null when the token is missing, wrong or expired */
  authenticate(token: string): Promise<Principal | null>;
  /** Told when a principal asks for what they may not do. */
  refused(principal: Principal, wanted: readonly string[]): Promise<void>;
}
export const AUTHENTICATOR = Symbol('authenticator');

/** A citizen in one of their sessions. Whatever they ask for is scoped to the one record. */
export interface CitizenPrincipal {
  citizenAccountId: number;
  oneRecordId: number;
  sessionId: number;
}

/** Checks the bearer token of a citizen; provided by the citizens module under {@link CITIZEN_AUTHENTICATOR}. */
export interface CitizenAuthenticator {
  /** @returns null when the token is wrong, expired or a member of staff's */
  authenticate(token: string): Promise<CitizenPrincipal | null>;
}
export const CITIZEN_AUTHENTICATOR = Symbol('citizen authenticator');

type Asked = FastifyRequest & { principal?: Principal; citizen?: CitizenPrincipal };

const PERMISSION = 'access:permission';
const PUBLIC = 'access:public';
const CITIZEN = 'access:citizen';

/** The permission a route needs, `module.resource.verb`; any one of several is enough. */
export const Allow = (...permissions: [string, ...string[]]): MethodDecorator =>
  applyDecorators(
    SetMetadata(PERMISSION, permissions),
    ApiBearerAuth(),
    ApiExtension('x-permissions', permissions),
    Refuses('http.unauthenticated', 'http.forbidden'),
  );

/** For citizens alone: a token of staff does not open it, and that of a citizen opens nothing else. */
export const AllowCitizen = (): MethodDecorator =>
  applyDecorators(
    SetMetadata(CITIZEN, true),
    ApiBearerAuth('citizen'),
    ApiExtension('x-citizen', true),
    Refuses('http.unauthenticated'),
  );

/** Open to everybody. */
export const Public = (): MethodDecorator => SetMetadata(PUBLIC, true);

/** The {@link Principal} of the request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<Asked>();
  if (!principal) throw new Error('the route is not for staff');
  return principal;
});

/** The {@link CitizenPrincipal} of a route for citizens. */
export const Citizen = createParamDecorator((_: unknown, context: ExecutionContext): CitizenPrincipal => {
  const { citizen } = context.switchToHttp().getRequest<Asked>();
  if (!citizen) throw new Error('the route is not for citizens');
  return citizen;
});

/** Id of whoever is asking, of staff or of a citizen: one sequence gives both. */
export const callerId = ({ principal, citizen }: Asked): number => {
  const id = principal?.userId ?? citizen?.citizenAccountId;
  if (id === undefined) throw new Error('a public route has no caller');
  return id;
};

/** Default deny: a route says who may use it, or the process does not start. */
@Injectable()
export class AccessGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    private readonly reflector: Reflector,
    private readonly discovery: DiscoveryService,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(CITIZEN_AUTHENTICATOR) private readonly citizens: CitizenAuthenticator,
  ) {}

  onApplicationBootstrap(): void {
    const open = undeclaredRoutes(this.discovery, this.reflector);
    if (open.length > 0) throw new Error(`routes without @Allow, @AllowCitizen or @Public: ${open.join(', ')}`);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    if (this.reflector.get<boolean>(PUBLIC, handler)) return true;
    const request = context.switchToHttp().getRequest<Asked>();
    const token = /^Bearer ([\w.-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
    if (this.reflector.get<boolean>(CITIZEN, handler)) {
      const citizen = token ? await this.citizens.authenticate(token) : null;
      if (!citizen) throw new Problem('http.unauthenticated');
      request.citizen = citizen;
      return true;
    }
    const principal = token ? await this.authenticator.authenticate(token) : null;
    if (!principal) throw new Problem('http.unauthenticated');
    const wanted = this.reflector.get<string[] | undefined>(PERMISSION, handler) ?? [];
    if (!wanted.some((permission) => principal.permissions.has(permission))) {
      await this.authenticator.refused(principal, wanted);
      throw new Problem('http.forbidden');
    }
    request.principal = principal;
    return true;
  }
}

function undeclaredRoutes(discovery: DiscoveryService, reflector: Reflector): string[] {
  const scanner = new MetadataScanner();
  return discovery.getControllers().flatMap(({ instance, metatype }) => {
    const prototype = Object.getPrototypeOf(instance) as object;
    return scanner
      .getAllMethodNames(prototype)
      .map((name) => ({ name, method: (prototype as Record<string, () => unknown>)[name]! }))
      .filter(({ method }) => Reflect.hasMetadata(PATH_METADATA, method))
      .filter(({ method }) => ![PUBLIC, PERMISSION, CITIZEN].some((declared) => reflector.get(declared, method)))
      .map(({ name }) => `${metatype?.name}.${name}`);
  });
}
