import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { Department } from './user.entity';

/** Staff as other modules may ask for them. */
@Injectable()
export class Staff {
  constructor(private readonly store: Store) {}

  /** Display names by user id; ids that nobody has are absent. */
  async names(userIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.store.selectIn<{ id: number | string; display_name: string }>(
      (list) => `SELECT "id", "display_name" FROM "users" WHERE "id" IN (${list})`,
      [...new Set(userIds)],
    );
    return new Map(rows.map(({ id, display_name }) => [Number(id), display_name]));
  }

  /** Names of departments by id, in both languages. */
  async departments(ids: readonly number[]): Promise<Map<number, { ar: string; en: string }>> {
    const rows = await this.store.selectIn<{ id: number | string; name_ar: string; name_en: string }>(
      (list) => `SELECT "id", "name_ar", "name_en" FROM "departments" WHERE "id" IN (${list})`,
      [...new Set(ids)],
    );
    return new Map(rows.map(({ id, name_ar: ar, name_en: en }) => [Number(id), { ar, en }]));
  }

  /** Code of a department; null for none. */
  async departmentCode(departmentId: number | null): Promise<string | null> {
    if (departmentId === null) return null;
    return (await this.store.reads(Department).findOneBy({ id: departmentId }))?.code ?? null;
  }
}
