/** The counter's screen shares only what is pure with the server, and talks to it by its API. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-pure-libs',
      severity: 'error',
      from: { path: '^web/' },
      to: {
        path: '^(src|libs|migrations|test)/',
        pathNot: '^libs/(money|national-id|phone|arabic|serial|tariff)/',
      },
    },
    {
      name: 'areas-know-what-is-shared',
      comment: 'An area is a folder of pages; what two of them need stands in shared, api or i18n.',
      severity: 'error',
      from: { path: '^web/src/(shared|api|i18n)/' },
      to: { path: '^web/src/', pathNot: '^web/src/(shared|api|i18n)/' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: require('node:path').join(__dirname, 'web/tsconfig.json') },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist)/' },
  },
};
