import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import vm from 'node:vm';

const kit = new URL('..', import.meta.url);

export const root = fileURLToPath(kit);

/** The server and its packages as one script. Node starts it much faster than hundreds of files. */
export const script = join(root, 'build', 'leadgrid-mock.cjs');

/** The source files of the script, with their time stamps and digests. */
export const list = `${script}.json`;

/** The V8 code cache of the script, for this Node version only. */
export const compiled = `${script}.${process.version}-${process.arch}`;

/** Describes why the build can't be used; undefined if it is up to date. */
export const findFault = () => {
  let sources;
  try {
    statSync(script);
    sources = Object.entries(JSON.parse(readFileSync(list, 'utf8')));
  } catch {
    return 'The build of the server is missing';
  }
  return sources.every(isUnchanged)
    ? undefined
    : 'The build of the server is older than its sources';
};

const isUnchanged = ([path, { stamp, digest }]) => {
  try {
    const file = join(root, path);
    // A copied file has another time stamp but the same digest.
    return stampOf(file) === stamp || digestOf(file) === digest;
  } catch {
    return false;
  }
};

export const stampOf = (file) => {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs} ${size}`;
};

export const digestOf = (file) => createHash('sha256').update(readFileSync(file)).digest('base64');

/** Runs the build and returns its script, which can create the code cache. */
export const runBuild = () => {
  const code = `(function (require, kit) {${readFileSync(script, 'latin1')}\n})`;
  const made = new vm.Script(code, { filename: script, cachedData: readCompiled() });
  made.runInThisContext()(createRequire(import.meta.url), kit.href);
  return made;
};

const readCompiled = () => {
  try {
    return readFileSync(compiled);
  } catch {
    return undefined;
  }
};
