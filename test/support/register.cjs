/** `node -r ./test/support/register.cjs file.ts`: TypeScript and the `@libs/*` alias for a child process, as Jest has them. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const jest = require('../../jest.config.js');

const [, swc] = jest.projects[0].transform['^.+\\.ts$'];

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename });
  module._compile(code, filename);
};
