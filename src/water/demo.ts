import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { Principal } from '@libs/http';
import { Store } from '@libs/persistence';
import { WaterTariff } from './tariffs/tariff.entity';
import { Tariffs } from './tariffs/tariffs';
import type { DraftTariff } from './tariffs/tariffs.dto';

const FILE = 'demo/water-tariffs.json';

/** A published tariff and the one that took its place, for a demo without any; drafted and approved by the demo users. */
export async function seedDemoTariffs(app: INestApplicationContext): Promise<void> {
  const [store, tariffs] = [app.get(Store), app.get(Tariffs, { strict: false })];
  if (await store.reads(WaterTariff).exists()) return;
  const [officer, supervisor] = [await personOf(store, 'officer'), await personOf(store, 'supervisor')];
  const versions = JSON.parse(readFileSync(resolve(FILE), 'utf8')) as (DraftTariff & { retirement: string | null })[];
  for (const { retirement, ...draft } of versions) {
    const { id, version } = await tariffs.draft(draft, officer);
    const approved = await tariffs.approve({ id, version }, supervisor);
    if (retirement !== null) await tariffs.retire({ id, version: approved.version }, retirement, supervisor);
  }
}

async function personOf(store: Store, username: string): Promise<Principal> {
  const [row] = await store.sql<{ id: number | string }>('SELECT "id" FROM "users" WHERE "username" = ?', [username]);
  return { userId: Number(row!.id), username, role: username, departmentId: null, permissions: new Set() };
}
