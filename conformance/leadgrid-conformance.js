#!/usr/bin/env node
// Starts the conformance suite from its TypeScript sources.
import process from 'node:process';

try {
  // Both kinds of modules: a configuration in TypeScript may stand in a folder of either.
  (await import('tsx/cjs/api')).register();
  (await import('tsx/esm/api')).register();
  await import('./cli.ts');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const [reason] = error.message.split(' imported from ');
  process.stderr.write(`${reason}. Install what the suite needs with \`npm ci\`.\n`);
  process.exit(2);
}
