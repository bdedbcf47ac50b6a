import { createApp } from '../../src/bootstrap';
import { migrate } from '../../src/migrate';
import { seedDemoUsers } from '../../src/identity';
import { testConfig } from './config';

/** Migrations and one user per role. */
export async function prepareDatabase(url: string): Promise<void> {
  await migrate(url);
  const app = await createApp(testConfig(url));
  await app.init();
  await seedDemoUsers(app);
  await app.close();
}
