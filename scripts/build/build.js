// `npm run build`, which `npm ci` runs too: creates the builds that the commands run, or the named ones.
import process from 'node:process';
import { programs } from './built.js';
import { createBuild } from './create.js';

const names = process.argv.slice(2);
const known = programs.map(({ command }) => command);
const unknown = names.find((name) => !known.includes(name));
if (unknown === undefined) {
  for (const program of programs) {
    if (names.length === 0 || names.includes(program.command)) await createBuild(program);
  }
} else {
  process.stderr.write(
    `build: there is no ${unknown}. Name some of ${known.join(', ')}, or none.\n`,
  );
  process.exitCode = 2;
}
