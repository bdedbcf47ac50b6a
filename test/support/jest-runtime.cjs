/**
 * Jest's runtime without a module registry for each test file: a worker loads the application once, as Node.js does, and
 * only the file under test and the framework itself anew. Loading took longer than most files' tests. What it asks of the
 * tests: none mocks a module, replaces a global or leaves a change to one behind.
 */
const asyncHooks = require('node:async_hooks');
const { default: Runtime } = require('jest-runtime');
const { createHash } = require('node:crypto');
const { writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { sourceMapOf } = require('./register.cjs');

const FRAMEWORK = /[\\/]node_modules[\\/](jest-circus|@jest[\\/]expect|expect|jest-snapshot)[\\/]/;

/** Of the framework as loaded last: Node.js keeps each and visits it at each promise until it is disabled. */
const storages = [];

function loadAnew(file, stale) {
  for (const key of Object.keys(require.cache)) if (stale(key)) delete require.cache[key];
  return require(file);
}

function written(map) {
  const file = join(tmpdir(), `baladiya-${createHash('sha256').update(map).digest('hex')}.map`);
  writeFileSync(file, map);
  return file;
}

module.exports = class SharedRuntime extends Runtime {
  /** The file under test, and before it those that set it up. */
  requireModule(file) {
    return file === this._testPath ? loadAnew(file, (key) => key === file) : require(file);
  }

  requireInternalModule(file) {
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    for (const storage of storages.splice(0)) storage.disable();
    const { AsyncLocalStorage } = asyncHooks;
    asyncHooks.AsyncLocalStorage = class extends AsyncLocalStorage {
      constructor() {
        super();
        storages.push(this);
      }
    };
    try {
      return loadAnew(file, (key) => FRAMEWORK.test(key));
    } finally {
      asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
    }
  }

  /** Written when a failure is shown, that it may name lines of the source. */
  getSourceMaps() {
    const get = (file) => (file.endsWith('.ts') ? written(sourceMapOf(file)) : undefined);
    // Jest 30.5 walks through all of them in the end; each is written when it is asked for.
    return { get, [Symbol.iterator]: () => [].values() };
  }

  setGlobalsForRuntime(globals) {
    super.setGlobalsForRuntime(globals);
    Object.assign(globalThis, globals, { jest: this.jestGlobals.jestObjectFor(this._testPath) });
  }
};
