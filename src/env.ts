import { existsSync } from 'node:fs';
import { loadConfig, type Config } from '@libs/config';

if (existsSync('.env')) process.loadEnvFile('.env');

/** The settings of this process, from its environment and `.env`. @throws {ConfigError} */
export const processConfig = (overrides: Record<string, string> = {}): Config =>
  loadConfig({ ...process.env, ...overrides });

/** Where the command was called, which need not be the folder it runs in. */
export const callersFolder = process.env.BALADIYA_CWD ?? '.';
