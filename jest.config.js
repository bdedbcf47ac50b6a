/** Unit tests stand beside the code, everything that needs the application under test/. */
const swc = {
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
    // Not only moduleNameMapper, which does not reach the global setup.
    baseUrl: __dirname,
    paths: { '@libs/*': ['./libs/*/src'] },
  },
  sourceMaps: 'inline',
};
const common = { rootDir: __dirname, transform: { '^.+\\.ts$': ['@swc/jest', swc] } };
const aliases = { moduleNameMapper: { '^@libs/([^/]+)$': '<rootDir>/libs/$1/src' } };
const shared = {
  runtime: `${__dirname}/test/support/jest-runtime.cjs`,
  testEnvironment: `${__dirname}/test/support/jest-environment.cjs`,
};
const databases = {
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  ...(process.env.UNITS_TWICE && { setupFiles: ['<rootDir>/test/support/units-twice.ts'] }),
};

module.exports = {
  // Applications that are closed leave some memory behind.
  workerIdleMemoryLimit: '1500MB',
  testTimeout: process.env.DATABASE_URL?.startsWith('mssql:') ? 120_000 : 20_000,
  projects: [
    { ...common, ...shared, displayName: 'unit', testMatch: ['<rootDir>/{src,libs,bench,web/src}/**/*.spec.ts'] },
    // Defines messages that no application handles.
    { ...common, ...aliases, ...databases, displayName: 'contract', testMatch: ['<rootDir>/test/contract/*.spec.ts'] },
    {
      ...common,
      ...shared,
      ...databases,
      displayName: 'system',
      testMatch: ['<rootDir>/test/!(contract)/**/*.spec.ts'],
    },
  ],
};
