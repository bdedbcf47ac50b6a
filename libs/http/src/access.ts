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

const PERMISSION = 'access:permission';
const PUBLIC = 'access:public';

/** The permission a route needs, `module.resource.verb`; any one of several is enough. */
export const Allow = (...permissions: [string, ...string[]]): MethodDecorator =>
  applyDecorators(
    SetMetadata(PERMISSION, permissions),
    ApiBearerAuth(),
    ApiExtension('x-permissions', permissions),
    Refuses('http.unauthenticated', 'http.forbidden'),
  );

/** Open to everybody. */
export const Public = (): MethodDecorator => SetMetadata(PUBLIC, true);

/** The {@link Principal} of the request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest & { principal?: Principal }>();
  if (!principal) throw new Error('a public route has no caller');
  return principal;
});

/** Default deny: a route says who may use it, or the process does not start. */
@Injectable()
export class AccessGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    private readonly reflector: Reflector,
    private readonly discovery: DiscoveryService,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  onApplicationBootstrap(): void {
    const open = undeclaredRoutes(this.discovery, this.reflector);
    if (open.length > 0) throw new Error(`routes without @Allow or @Public: ${open.join(', ')}`);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    if (this.reflector.get<boolean>(PUBLIC, handler)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & { principal?: Principal }>();
    const token = /^Bearer ([\w.-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
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
      .filter(({ method }) => !reflector.get(PUBLIC, method) && !reflector.get(PERMISSION, method))
      .map(({ name }) => `${metatype?.name}.${name}`);
  });
}
