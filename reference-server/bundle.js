import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';

/**
 * Makes one JavaScript file of the server's TypeScript, unless it was made before and no source has
 * changed since; packages stay outside of it. Node starts from it in a third of the time that it
 * takes to make sense of some hundred files one by one.
 *
 * @returns the URL of the file; undefined where none can be made or kept
 */
export const bundleServer = async () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = join(root, 'node_modules', '.cache', 'leadgrid', `mock-${name}.mjs`);
  const list = `${file}.json`;
  try {
    if (!isFresh(list)) await build(root, file, list);
    return pathToFileURL(file).href;
  } catch {
    return undefined;
  }
};

/** Whether all that the bundle was made of is as it was then. */
const isFresh = (list) => {
  try {
    const sources = Object.entries(JSON.parse(readFileSync(list, 'utf8')));
    return sources.every(([path, state]) => stateOf(path) === state);
  } catch {
    return false;
  }
};

const stateOf = (path) => {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs} ${size}`;
};

const build = async (root, file, list) => {
  const esbuild = await import('esbuild');
  const sources = {};
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['reference-server/cli.ts'],
    ...{ bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20' },
    ...{ write: false, logLevel: 'silent', plugins: [createReader(sources)] },
  });
  mkdirSync(dirname(file), { recursive: true });
  put(file, outputFiles[0].contents);
  put(list, JSON.stringify(sources));
};

/**
 * Reads sources, and notes what state they are in. What they find beside themselves they find
 * wherever the bundle is.
 */
const createReader = (sources) => ({
  name: 'reader',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      sources[path] = stateOf(path);
      const source = await readFile(path, 'utf8');
      const here = JSON.stringify(pathToFileURL(path).href);
      return { contents: source.replaceAll('import.meta.url', here), loader: 'ts' };
    });
  },
});

/** Puts a file whole, whoever else is about to do the same. */
const put = (path, contents) => {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
};
