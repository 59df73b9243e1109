// How the commands start: from their builds, or else from their sources, which is slower.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import vm from 'node:vm';

const kit = new URL('../..', import.meta.url);

export const root = fileURLToPath(kit);

const createProgram = (command, name, entry) => {
  const script = join(root, 'build', `${command}.cjs`);
  return {
    command,
    /** In messages. */
    name,
    /** Its first source file. */
    entry,
    /** The program and its packages as one script. Node loads it much faster than hundreds of files. */
    script,
    /** The source files of the script, with their time stamps and digests. */
    list: `${script}.json`,
    /** The V8 code cache of the script, for this Node version only. */
    compiled: `${script}.${process.version}-${process.arch}`,
  };
};

export const server = createProgram('leadgrid-mock', 'server', 'reference-server/cli.ts');
/** Its build needs the server's, to be tried out. */
export const suite = createProgram('leadgrid-conformance', 'suite', 'conformance/cli.ts');

/** In the order in which they are built. */
export const programs = [server, suite];

/**
 * Starts a program in this process. If a package is missing, it says so and exits with 2.
 *
 * @param loadSources - imports the source that the program starts with
 */
export const start = async (program, loadSources) => {
  try {
    const fault = findFault(program);
    if (fault === undefined) {
      runBuild(program);
      return;
    }
    await loadTypeScript();
    const warn = () =>
      process.stderr.write(`${fault}, so it starts slowly. Run \`npm run build\`.\n`);
    // A program may end the process before its sources are loaded completely.
    process.once('exit', warn);
    try {
      await loadSources();
    } finally {
      process.off('exit', warn);
    }
    warn();
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const [reason] = error.message.split(' imported from ');
    process.stderr.write(`${reason}. Run \`npm ci\` to install what the ${program.name} needs.\n`);
    process.exit(2);
  }
};

/** Describes why a build can't be used; undefined if it is up to date. */
export const findFault = ({ name, script, list }) => {
  let sources;
  try {
    statSync(script);
    sources = Object.entries(JSON.parse(readFileSync(list, 'utf8')));
  } catch {
    return `The build of the ${name} is missing`;
  }
  return sources.every(isUnchanged)
    ? undefined
    : `The build of the ${name} is older than its sources`;
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

/** Runs a build and returns its script, which can create the code cache. */
export const runBuild = ({ script, compiled }) => {
  // By default the heap grows to several times what is in use before it is swept. The code cache
  // depends on V8's flags, so they are the same when it is made.
  setFlagsFromString('--heap-growing-percent=40');
  const code = `(function (require, kit, importFile) {${readFileSync(script, 'latin1')}\n})`;
  const made = new vm.Script(code, { filename: script, cachedData: readCompiled(compiled) });
  made.runInThisContext()(createRequire(import.meta.url), kit.href, importFile);
  return made;
};

const readCompiled = (file) => {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
};

/**
 * What `import()` of a user's file is in a build: V8 has no dynamic import in code from a cache. The
 * loader of TypeScript takes 0.2 s, so a module that needs nobody else goes without.
 */
const importFile = async (url) => {
  const mayLoadTypeScript =
    /\.[cm]?ts$/.test(url) ||
    /\b(?:import|require)\b|\bfrom\s*['"`]/.test(readFileSync(new URL(url), 'utf8'));
  if (mayLoadTypeScript) await loadTypeScript();
  const loaded = await import(url);
  // An ES module in TypeScript that Node takes for CommonJS, because its folder has no package.json.
  return loaded.default?.__esModule ? loaded.default : loaded;
};

/** From here on Node loads TypeScript, as modules of both kinds: a file may be in a folder of either. */
const loadTypeScript = async () => {
  (await import('tsx/cjs/api')).register();
  (await import('tsx/esm/api')).register();
};
