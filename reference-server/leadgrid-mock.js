#!/usr/bin/env node
// Starts the reference server from its build, or else from its sources, which is slower.
import process from 'node:process';
import { findFault, runBuild } from './built.js';

try {
  const fault = findFault();
  if (fault === undefined) runBuild();
  else {
    (await import('tsx/esm/api')).register();
    await import('./cli.ts');
    process.stderr.write(`${fault}, so it starts slowly. Run \`npm run build\`.\n`);
  }
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const [reason] = error.message.split(' imported from ');
  process.stderr.write(`${reason}. Run \`npm ci\` to install what the server needs.\n`);
  process.exit(2);
}
