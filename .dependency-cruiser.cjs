/** Who may import whom. Modules form no cycle: identity, legacy → citizens → …; notifications below those that use it. */
const BELOW = {
  system: [],
  identity: [],
  legacy: ['identity'],
  notifications: ['identity', 'documents'],
  documents: ['identity'],
  citizens: ['identity', 'legacy', 'notifications', 'documents'],
  billing: ['identity', 'legacy', 'citizens', 'notifications', 'documents'],
  water: ['identity', 'legacy', 'citizens', 'notifications', 'documents', 'billing'],
};
const modules = Object.keys(BELOW);

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'libs-know-nothing-of-src',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(src|migrations)/' },
    },
    {
      name: 'pure-libs',
      comment: 'These are used alone: no framework, no database, no other I/O.',
      severity: 'error',
      from: {
        path: '^libs/(arabic|bank-statements|calendar|money|national-id|phone|name-matching|serial|tariff)/',
        pathNot: '\\.spec\\.ts$',
      },
      to: {
        path: '(^src/|^libs/(persistence|http|outbox|config|printing|testing)/|node_modules/(@nestjs|typeorm)|^(fs|http|https|net|child_process)$)',
      },
    },
    {
      name: 'modules-through-their-index',
      severity: 'error',
      from: { path: `^src/(${modules.join('|')})/` },
      to: { path: `^src/(${modules.join('|')})/`, pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    ...modules.map((module) => ({
      name: `${module}-knows-only-what-is-below`,
      severity: 'error',
      from: { path: `^src/${module}/` },
      to: {
        path: `^src/(${modules.filter((other) => other !== module && !BELOW[module].includes(other)).join('|')})/`,
      },
    })),
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: '(\\.spec\\.ts$|^libs/testing/)' },
      to: { path: '(^test/|^libs/testing/|node_modules/(@nestjs/testing|fast-check))' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'types', 'default'] },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist)/' },
  },
};
