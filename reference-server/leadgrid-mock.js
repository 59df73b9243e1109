#!/usr/bin/env node
// Starts the reference server.
import { server, start } from '../scripts/build/built.js';

await start(server, () => import('./cli.ts'));
