#!/usr/bin/env node
// Starts the conformance suite.
import { start, suite } from '../scripts/build/built.js';

await start(suite, () => import('./cli.ts'));
