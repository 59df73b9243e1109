#!/usr/bin/env node
// Starts the reference server, from the bundle of its sources if one can be made.
import process from 'node:process';
import { bundleServer } from './bundle.js';

try {
  const bundle = await bundleServer();
  if (bundle === undefined) (await import('tsx/esm/api')).register();
  await import(bundle ?? './cli.ts');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const [reason] = error.message.split(' imported from ');
  process.stderr.write(`${reason}. Install what the server needs with \`npm ci\`.\n`);
  process.exit(2);
}
