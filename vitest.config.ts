import { defineConfig } from 'vitest/config';

/** What takes long, or repeats by other means what the other tests prove: `npm run test:full`. */
const full = '{openapi,conformance,scripts}/**/tests/**/*.full.test.ts';

export default defineConfig({
  test: {
    // A test that was singled out or left out by hand would pass for a whole run.
    allowOnly: false,
    globalSetup: 'scripts/build/fresh.js',
    // Contract gates and the mock start real tools (Redocly, ESLint, Prism) on two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most of the time tests wait for servers: by default one core of two would stay idle.
    maxWorkers: '100%',
    // Rules wait for the target most of the time.
    maxConcurrency: 8,
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
        test: { name: 'server', include: ['reference-server/tests/**/*.test.ts'] },
      },
    ],
  },
});
