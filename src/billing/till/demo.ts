import type { INestApplicationContext } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { Till } from './till.entity';
import { Tills } from './tills';

const TILLS = [
  { code: 'OSS-1', office: 'OSS', name: 'صندوق مركز خدمات الجمهور 1' },
  { code: 'OSS-2', office: 'OSS', name: 'صندوق مركز خدمات الجمهور 2' },
];

/** Two tills of the service centre, put into use by the demo's supervisor, for a demo without any. */
export async function seedDemoTills(app: INestApplicationContext): Promise<void> {
  const store = app.get(Store);
  if (await store.reads(Till).exists()) return;
  const [row] = await store.sql<{ id: number | string }>('SELECT "id" FROM "users" WHERE "username" = ?', [
    'supervisor',
  ]);
  const caller = { userId: Number(row!.id), username: 'supervisor', role: 'supervisor', departmentId: null };
  const tills = app.get(Tills, { strict: false });
  for (const till of TILLS) await tills.create(till, { ...caller, permissions: new Set() });
}
