import { Injectable } from '@nestjs/common';
import { Problem, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import type { ChangeRoute, NewRoute, NewZone } from './places.dto';
import { PLACES } from './places.problems';
import { Route, Zone } from './subscription.entity';

/** Zones and routes: master data of the network and of reading. */
@Injectable()
export class Places {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
  ) {}

  zones(): Promise<Zone[]> {
    return this.store.reads(Zone).find({ order: { code: 'ASC' } });
  }

  routes(): Promise<Route[]> {
    return this.store.reads(Route).find({ order: { code: 'ASC' } });
  }

  /** @throws {Problem} water.code-taken */
  createZone({ code, nameAr, nameEn }: NewZone): Promise<Zone> {
    return this.uow.run(async () => {
      if (await this.store.reads(Zone).existsBy({ code })) throw new Problem(PLACES['water.code-taken']);
      const zone: Zone = { id: await this.ids.one(), version: 1, code, nameAr, nameEn, active: true };
      await this.store.insert(Zone, zone);
      await this.audit.record({ action: 'water.zone-created', detail: { zoneId: zone.id, code } });
      return zone;
    });
  }

  /** @throws {Problem} water.code-taken; http.invalid for a zone that is not there */
  createRoute({ code, name, zoneId, cycleMonths }: NewRoute): Promise<Route> {
    return this.uow.run(async () => {
      if (await this.store.reads(Route).existsBy({ code })) throw new Problem(PLACES['water.code-taken']);
      await this.requireZone(zoneId);
      const id = await this.ids.one();
      const route: Route = { id, version: 1, code, name, zoneId: zoneId ?? null, cycleMonths, active: true };
      await this.store.insert(Route, route);
      await this.audit.record({ action: 'water.route-created', detail: { routeId: id, code } });
      return route;
    });
  }

  /** @throws {Problem} http.not-found, http.invalid; {@link StaleVersionError} */
  changeRoute(target: Versioned, changes: ChangeRoute): Promise<Route> {
    return this.uow.run(async () => {
      const route = await this.store.reads(Route).findOneBy({ id: target.id });
      if (!route) throw new Problem('http.not-found');
      await this.requireZone(changes.zoneId ?? undefined);
      const version = await this.store.updateVersioned(Route, target, changes);
      await this.audit.record({ action: 'water.route-changed', detail: { routeId: target.id, ...changes } });
      return { ...route, ...changes, version };
    });
  }

  private async requireZone(zoneId: number | undefined): Promise<void> {
    if (zoneId === undefined || (await this.store.reads(Zone).existsBy({ id: zoneId }))) return;
    throw invalidField('/zoneId', 'unknown');
  }
}
