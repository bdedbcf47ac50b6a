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
const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^@libs/([^/]+)$': '<rootDir>/libs/$1/src' },
};

module.exports = {
  // Each file loads the application anew, and a worker keeps what it has loaded.
  workerIdleMemoryLimit: '1500MB',
  testTimeout: process.env.DATABASE_URL?.startsWith('mssql:') ? 120_000 : 20_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{src,libs,bench,web/src}/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'system',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/global-setup.ts',
      globalTeardown: '<rootDir>/test/global-teardown.ts',
      ...(process.env.UNITS_TWICE && { setupFiles: ['<rootDir>/test/support/units-twice.ts'] }),
    },
  ],
};
