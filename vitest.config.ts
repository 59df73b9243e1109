import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{openapi,reference-server,conformance,scripts}/**/tests/**/*.test.ts'],
    // A test that was singled out or left out by hand would pass for a whole run.
    allowOnly: false,
    // Contract gates and the mock start real tools (Redocly, ESLint, Prism) on two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
