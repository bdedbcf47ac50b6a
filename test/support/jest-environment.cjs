/** The process itself as Jest's environment: one realm, so that what the application throws is an Error of the tests too. */
const { ModuleMocker } = require('jest-mock');

module.exports = class ProcessEnvironment {
  global = {};
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
