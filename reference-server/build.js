// Creates the build that the command runs: `npm run build`, which `npm ci` runs too.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compiled, digestOf, list, root, runBuild, script, stampOf } from './built.js';

/** How long the warm-up run may take, in milliseconds. */
const warmUpTimeout = 30_000;

const makeScript = async () => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['reference-server/cli.ts'],
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', charset: 'ascii' },
    // The database driver is native and optional. Cached code can't use dynamic import.
    ...{ external: ['sqlite3'], supported: { 'dynamic-import': false } },
    ...{ write: false, metafile: true, logLevel: 'silent' },
    plugins: [reader, createSharer()],
  });
  mkdirSync(dirname(script), { recursive: true });
  put(script, outputFiles[0].contents);
  put(list, JSON.stringify(Object.fromEntries(sourcesOf(metafile).map(describe)), null, 1));
};

/** Makes paths relative to `import.meta.url` independent of where the script is. */
const reader = {
  name: 'reader',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const own = `new URL(${JSON.stringify(relative(root, path))}, kit).href`;
      return { contents: source.replaceAll('import.meta.url', own), loader: 'ts' };
    });
  },
};

/** Bundles a package once if it is installed several times in the same version. */
const createSharer = () => ({
  name: 'sharer',
  setup: ({ onLoad }) => {
    const first = new Map();
    onLoad({ filter: /node_modules.*\.(js|json)$/ }, async ({ path }) => {
      const [, folder, name, file] = /^(.*node_modules[\\/]((?:@[^\\/]+.)?[^\\/]+))(.*)$/.exec(
        path,
      );
      const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      const key = `${name} ${version} ${file}`;
      const same = first.get(key) ?? path;
      first.set(key, same);
      if (same === path) return undefined;
      return { contents: `module.exports = require(${JSON.stringify(same)});`, loader: 'js' };
    });
  },
});

/** The source files of this kit, and the package.json of each bundled package. */
const sourcesOf = ({ inputs }) => {
  const sources = Object.keys(inputs).map((path) => {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return folder === undefined ? path : `${folder}/package.json`;
  });
  return [...new Set(sources)].sort();
};

const describe = (path) => {
  const file = join(root, path);
  return [path, { stamp: stampOf(file), digest: digestOf(file) }];
};

/** Writes a file atomically: another process may write it at the same time. */
const put = (path, contents) => {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
};

/** Caches the code that V8 compiles in a test run. Without the cache the server starts slower. */
const keepCompiled = () => {
  for (const name of readdirSync(dirname(script))) {
    if (name.startsWith(`${basename(script)}.v`)) rmSync(join(dirname(script), name));
  }
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--warm-up'], {
    timeout: warmUpTimeout,
    stdio: 'ignore',
  });
  if (status !== 0) process.stderr.write('The server starts slower: it could not be tried out.\n');
};

/** Runs the server in this process until it has responded. */
const warmUp = async () => {
  process.argv = [...process.argv.slice(0, 2), '--port', '0'];
  const said = new Promise((resolve) => {
    process.stdout.write = (text) => {
      if (text.includes('listening at')) resolve(text);
      return true;
    };
  });
  const made = runBuild();
  const [, url, key] = /listening at (\S+)[^]*?(lg_\w+)/.exec(await said) ?? [];
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ full_name: 'Sophie van Dijk' });
  await (await globalThis.fetch(`${url}/dossiers`, { headers })).text();
  await (await globalThis.fetch(`${url}/contacts`, { method: 'POST', headers, body })).text();
  put(compiled, made.createCachedData());
  process.exit(0);
};

if (process.argv[2] === '--warm-up') await warmUp();
else {
  await makeScript();
  keepCompiled();
}
