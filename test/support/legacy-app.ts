import { rmSync } from 'node:fs';
import { Store } from '@libs/persistence';
import { LegacyImporter, type ImportOutcome } from '../../src/legacy';
import { startTestApp, type TestApp } from './app';
import { makeExtract } from './extract';

/** Citizens of the extract that each test begins with. */
export const SEED_CITIZENS = 60;

interface LegacyApp {
  app: TestApp;
  store: Store;
  directory: string;
  anotherExtract(citizens?: number, seed?: number): string;
  take(from?: string): Promise<ImportOutcome>;
}

/** For each test an application of its own, and an extract of its own where LEGACY_EXTRACT_DIR points. */
export function legacyApp(): LegacyApp {
  const folders: string[] = [];
  const legacy: LegacyApp = {
    app: undefined as unknown as TestApp,
    store: undefined as unknown as Store,
    directory: '',
    anotherExtract(citizens = SEED_CITIZENS, seed = 1) {
      const folder = makeExtract(citizens, seed);
      folders.push(folder);
      return folder;
    },
    take: (from = legacy.directory) => legacy.app.app.get(LegacyImporter).import(from, { trigger: 'CLI' }),
  };

  beforeEach(async () => {
    legacy.directory = legacy.anotherExtract();
    legacy.app = await startTestApp({ LEGACY_EXTRACT_DIR: legacy.directory });
    legacy.store = legacy.app.app.get(Store);
  });
  afterEach(async () => {
    await legacy.app.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return legacy;
}
