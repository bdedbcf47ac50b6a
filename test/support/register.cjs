/** `node -r ./test/support/register.cjs file.ts`: TypeScript and the `@libs/*` alias for a child process, as Jest has them. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const jest = require('../../jest.config.js');

const [, swc] = jest.projects[0].transform['^.+\\.ts$'];
const transpile = (filename, options) =>
  transformSync(readFileSync(filename, 'utf8'), { ...swc, ...options, filename });

require.extensions['.ts'] = (module, filename) => module._compile(transpile(filename).code, filename);

/** @returns the source map, as JSON */
module.exports = { sourceMapOf: (filename) => transpile(filename, { sourceMaps: true }).map };
