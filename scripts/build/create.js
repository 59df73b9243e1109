import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { makeScript } from './bundle.js';

/** How long the trial may take, in milliseconds. */
const timeout = 60_000;

/** Builds a program, and tries it out. */
export const createBuild = async (program) => {
  await makeScript(program);
  keepCompiled(program);
};

/** Caches the code that V8 compiles in a trial. Without the cache a program starts slower. */
const keepCompiled = ({ command, name, script }) => {
  for (const file of readdirSync(dirname(script))) {
    if (file.startsWith(`${basename(script)}.v`)) rmSync(join(dirname(script), file));
  }
  const trial = fileURLToPath(new URL('try-out.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [trial, command], { timeout, stdio: 'ignore' });
  if (status === 0) return;
  process.stderr.write(`The ${name} starts slower: it could not be tried out.\n`);
};
