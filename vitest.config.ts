import { defineConfig } from 'vitest/config';

/** What takes long, or repeats by other means what the other tests prove: `npm run test:full`. */
const full = '{openapi,conformance,scripts}/**/tests/**/*.full.test.ts';

const server = 'reference-server/tests/**/*.test.ts';

/** Tests of the server that don't ask where it keeps what it is told. */
const withoutLab = [
  ...['cli', 'commit', 'contract', 'contract-demands', 'persistence*', 'playground*', 'register'],
  ...['sleepers', 'transaction', 'webhook-attempt', 'webhook-dispatcher'],
];

export default defineConfig({
  test: {
    // A test that was singled out or left out by hand would pass for a whole run.
    allowOnly: false,
    // Contract gates and the mock start real tools (Redocly, ESLint, Prism) on two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most of the time tests wait for servers: by default one core of two would stay idle.
    maxWorkers: '100%',
    // `npm run coverage`. What child processes run, the command line and the writing to a file among
    // it, is tested but not counted here.
    coverage: {
      provider: 'v8',
      include: ['reference-server/**/*.ts'],
      exclude: ['reference-server/tests/**'],
      reporter: ['text', 'json-summary'],
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'kit',
          include: ['{openapi,conformance,scripts}/**/tests/**/*.test.ts'],
          exclude: [full],
        },
      },
      {
        extends: true,
        test: { name: 'kit in full', include: [full] },
      },
      {
        extends: true,
        test: { name: 'server in memory', include: [server], provide: { database: false } },
      },
      {
        extends: true,
        test: {
          name: 'server with a database',
          include: [server],
          exclude: withoutLab.map((name) => `reference-server/tests/${name}.test.ts`),
          provide: { database: true },
        },
      },
    ],
  },
});
