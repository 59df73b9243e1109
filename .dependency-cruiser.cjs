// Who may import whom. Each rule carries its reason; `npm run boundaries` enforces them.
// In a rule, "to" is what "from" must not import.

const resources = 'dossiers|contacts|links|flows|notes';

// The handlers of a resource.
const handlers = 'handlers\\.ts$';

// What package.json lists as `bin`.
const commands = '^(reference-server/leadgrid-mock|conformance/leadgrid-conformance)\\.js$';

// The folders of the suite: none imports one that comes later.
const suiteOrder = [
  ...['contract', 'targets', 'http', 'webhooks', 'generators', 'faults', 'context', 'fixtures'],
  ...['assertions', 'model', 'rules', 'runner', 'report', 'reporters', 'doctor', 'commands'],
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Data flows one way: who reads a file must not need the whole circle to understand it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan-paths',
      comment: 'An import that leads nowhere fails only when it runs.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },

    // Server and suite.
    {
      name: 'server-not-suite',
      comment: 'The server must not know how it is judged; they meet over HTTP.',
      severity: 'error',
      from: { path: '^reference-server/' },
      to: { path: '^conformance/' },
    },
    {
      name: 'suite-not-server',
      comment:
        'The oracle is written from the documentation; it must not borrow the code it judges.',
      severity: 'error',
      from: { path: '^conformance/' },
      to: { path: '^reference-server/' },
    },
    {
      name: 'only-proof-imports-both',
      comment:
        'Faults and mutants need both sides, and attacks look into the files that a server leaves.',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '^scripts/(proof|fire)/' },
      to: { path: '^reference-server/' },
    },
    {
      name: 'proof-harness-before-its-parts',
      comment: 'Every part of the proof is judged by one harness, which knows none of them.',
      severity: 'error',
      from: { path: '^scripts/proof/harness/' },
      to: { path: '^scripts/proof/', pathNot: '^scripts/proof/harness/' },
    },
    {
      name: 'plain-server-shares-no-code',
      comment:
        "A second implementation shows what the suite takes for granted only if it is nobody's copy.",
      severity: 'error',
      from: { path: '^scripts/proof/plain-server/' },
      to: {
        path: '^(reference-server|conformance|scripts)/',
        pathNot: '^scripts/proof/plain-server/',
      },
    },
    {
      name: 'plain-server-states-its-facts',
      comment:
        'It states the facts of the API once more; of the contract it borrows names, as types alone.',
      severity: 'error',
      from: { path: '^scripts/proof/plain-server/' },
      to: { path: '^openapi/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-stands-alone',
      comment: 'Everybody reads the contract; it reads nobody.',
      severity: 'error',
      from: { path: '^openapi/' },
      to: { path: '^(reference-server|conformance|scripts)/' },
    },
    {
      name: 'product-not-tooling',
      comment:
        'Server and suite are used without the tools of this repository; their tests may use them, and their commands start from a build.',
      severity: 'error',
      from: { path: '^(reference-server|conformance)/', pathNot: ['/tests/', commands] },
      to: { path: '^scripts/' },
    },
    {
      name: 'commands-start-from-a-build',
      comment: 'A command starts its program; what makes the build needs packages and time.',
      severity: 'error',
      from: { path: commands },
      to: { path: '^scripts/', pathNot: '^scripts/build/built\\.js$' },
    },
    {
      name: 'build-knows-no-program',
      comment:
        'One way to build and start serves server and suite, which never meet in one process.',
      severity: 'error',
      from: { path: '^scripts/build/' },
      to: { path: '^(openapi|reference-server|conformance|scripts)/', pathNot: '^scripts/build/' },
    },
    {
      name: 'product-not-development-dependency',
      comment: 'What runs for a user must be installed for a user.',
      severity: 'error',
      from: { path: '^(openapi|reference-server|conformance)/', pathNot: '/tests/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-tests',
      comment: 'What only tests need must not reach those who use the kit.',
      severity: 'error',
      from: { pathNot: '/tests/' },
      to: { path: '/tests/' },
    },

    // The reference server: cli → server → app → resources → state.
    {
      name: 'http-knows-no-resource',
      comment:
        'The pipeline reads everything from the contract, so that a new resource changes nothing in it.',
      severity: 'error',
      from: { path: '^reference-server/http/' },
      to: { path: `^reference-server/(${resources})/` },
    },
    {
      name: 'resources-not-each-others-handlers',
      comment:
        'A handler answers one operation; what two resources share is a rule of one of them.',
      severity: 'error',
      from: { path: `^reference-server/(${resources})/` },
      to: {
        path: `^reference-server/(${resources})/${handlers}`,
        pathNot: '^reference-server/$1/',
      },
    },
    {
      name: 'state-knows-no-resource',
      comment:
        'Tables and transactions carry the resources; knowing them would turn the flow around.',
      severity: 'error',
      from: { path: '^reference-server/state/' },
      to: { path: `^reference-server/(${resources}|http|webhooks|control|playground)/` },
    },
    {
      name: 'server-flows-downwards',
      comment:
        'Only the command line starts the server, only the server builds the app, only the app gathers resources.',
      severity: 'error',
      from: { path: `^reference-server/(${resources}|http|state|webhooks|persistence|control)/` },
      to: { path: '^reference-server/(cli|server|app)\\.ts$' },
    },
    {
      name: 'app-not-its-starters',
      comment:
        'The app is put together without a port or a command line, so that tests can run it.',
      severity: 'error',
      from: { path: '^reference-server/app\\.ts$' },
      to: { path: '^reference-server/(cli|server)\\.ts$' },
    },

    // The suite: cli → commands → doctor, report → runner; rules → model, assertions, fixtures.
    ...suiteOrder.slice(0, -1).map((folder, index) => ({
      name: `${folder}-before-later-folders`,
      comment:
        'Folders form a line, from what knows least to what knows most; whoever changes one reads those before it only.',
      severity: 'error',
      from: { path: `^conformance/${folder}/` },
      to: { path: `^conformance/(${suiteOrder.slice(index + 1).join('|')})/` },
    })),
    {
      name: 'suite-not-its-entries',
      comment: 'The command line, the library and the host for vitest are entries, nothing more.',
      severity: 'error',
      from: {
        path: '^conformance/',
        pathNot: '^conformance/((cli|vitest|index)\\.ts$|leadgrid-conformance\\.js$|tests/)',
      },
      to: { path: '^conformance/(cli|vitest|index)\\.ts$' },
    },
    {
      name: 'only-commands-know-the-rules',
      comment: 'The runner runs any rules; a command or a test says which.',
      severity: 'error',
      from: { path: '^conformance/(?!rules/|commands/|tests/|(cli|vitest|index)\\.ts$)' },
      to: { path: '^conformance/rules/' },
    },
    {
      name: 'reporters-see-reports',
      comment:
        'A format is a pure function of a report, so that a new one needs to know nothing else.',
      severity: 'error',
      from: { path: '^conformance/reporters/' },
      to: {
        path: '^(conformance|openapi)/',
        pathNot: '^conformance/(reporters/|report/report\\.ts$)',
      },
    },
    {
      name: 'targets-see-no-suite',
      comment: 'A user may write a target; its form must not drag the suite in.',
      severity: 'error',
      from: { path: '^conformance/targets/' },
      to: { path: '^conformance/', pathNot: '^conformance/(targets/|errors\\.ts$)' },
    },
    {
      name: 'sink-stands-alone',
      comment: 'The sink receives any requests; doctor and tests use it too.',
      severity: 'error',
      from: { path: '^conformance/webhooks/sink\\.ts$' },
      to: { path: '^conformance/', pathNot: '^conformance/errors\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^openapi/generated/.*\\.json$' },
    // A type import ties two modules together as well.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node'],
    },
  },
};
