import { existsSync } from 'node:fs';
import { loadConfig, type Config } from './settings';

/** The settings of this process, from its environment and `.env`. @throws {ConfigError} */
export function processConfig(overrides: Record<string, string> = {}): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return loadConfig({ ...process.env, ...overrides });
}

/** Where the command was called, which need not be the folder it runs in. */
export const callersFolder = (): string => process.env.BALADIYA_CWD ?? '.';
