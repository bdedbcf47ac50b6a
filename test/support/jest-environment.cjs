/** The process itself as Jest's environment: one realm, so that what the application throws is an Error of the tests too. */
const { ModuleMocker } = require('jest-mock');

/** Where `jest.setTimeout` puts the time of a file, and where the framework looks for it. */
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');

module.exports = class ProcessEnvironment {
  constructor() {
    delete globalThis[TIMEOUT];
  }
  global = {
    set [TIMEOUT](ms) {
      globalThis[TIMEOUT] = ms;
    },
  };
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;
  getVmContext() {
    return null;
  }
  exportConditions() {
    return ['node'];
  }
  async setup() {}
  async teardown() {}
};
