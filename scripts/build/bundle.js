// Bundles a program and its packages into one script.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { digestOf, root, stampOf } from './built.js';

/** Writes the script of a program, and the list of its sources. */
export const makeScript = async ({ entry, script, list }) => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', charset: 'ascii' },
    // The database driver is native and optional. Cached code can't use dynamic import.
    ...{ external: ['sqlite3'], supported: { 'dynamic-import': false } },
    // A source may have a `kit` of its own, which would hide the URL that the script gets.
    banner: { js: 'const $kit = kit;' },
    ...{ write: false, metafile: true, logLevel: 'silent' },
    plugins: [reader, createSharer()],
  });
  mkdirSync(dirname(script), { recursive: true });
  put(script, outputFiles[0].contents);
  put(list, JSON.stringify(Object.fromEntries(sourcesOf(metafile).map(describe)), null, 1));
};

/**
 * Makes paths relative to `import.meta.url` independent of where the script is, and has files that
 * only the user knows loaded by `importFile`.
 */
const reader = {
  name: 'reader',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const own = `new URL(${JSON.stringify(relative(root, path))}, $kit).href`;
      const contents = source
        .replaceAll('import.meta.url', own)
        .replaceAll(/\bimport\((?!['"])/g, 'importFile(');
      return { contents, loader: 'ts' };
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

/** What makes and loads the script. */
const makers = ['scripts/build/built.js', 'scripts/build/bundle.js'];

/** The source files of this kit, and the package.json of each bundled package. */
const sourcesOf = ({ inputs }) => {
  const sources = Object.keys(inputs).map((path) => {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return folder === undefined ? path : `${folder}/package.json`;
  });
  return [...new Set([...makers, ...sources])].sort();
};

const describe = (path) => {
  const file = join(root, path);
  return [path, { stamp: stampOf(file), digest: digestOf(file) }];
};

/** Writes a file atomically: another process may write it at the same time. */
export const put = (path, contents) => {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
};
