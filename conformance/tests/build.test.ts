import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRepository } from '../../scripts/tests/temporary-folder.ts';

const repository = join(import.meta.dirname, '..', '..');
const command = join('conformance', 'leadgrid-conformance.js');

/** Runs Node in a copy of the kit, or in this one, whose build is up to date in tests. */
const runNode = (words: readonly string[], folder = repository) => {
  const { PATH } = process.env;
  const options = { cwd: folder, encoding: 'utf8', env: { PATH } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, words, options);
  return { code: status, out: stdout, err: stderr };
};

describe('leadgrid-conformance, started from its build', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'built-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  it.each([
    [['--help'], /^Usage: leadgrid-conformance/],
    [['list'], /^ {2}MUST {3}flows\/many-stages$/m],
    [['list', '--requirements', '--json'], /"LG-FLO-001"/],
  ])('prints for %j what the sources print', (words, phrase) => {
    const built = runNode([command, ...words]);
    expect(built).toMatchObject({ code: 0, err: '' });
    expect(built.out).toMatch(phrase);
    expect(runNode(['--import', 'tsx', 'conformance/cli.ts', ...words]).out).toBe(built.out);
  });

  it('executes a rule on the reference server', () => {
    const { code, out, err } = runNode([command, '--only', 'flows/fields', '--report', 'json']);
    expect(err).not.toContain('starts slowly');
    const report = JSON.parse(out) as { rules: { id: string; outcome: string }[] };
    const rule = report.rules.find(({ id }) => id === 'flows/fields');
    expect([code, rule?.outcome]).toEqual([0, 'passed']);
  });

  const kit = join(repository, 'conformance', 'index.ts');
  const target = 'http://127.0.0.1:1/api/v1';
  const typed = `enum Url { test = '${target}' }
    export default defineTarget({ target: Url.test as string });`;
  it.each([
    ['typed.ts', `import { defineTarget } from '${kit}'; ${typed}`],
    ['typed.mts', `import { defineTarget } from '${kit}'; ${typed}`],
    ['of-typed.mjs', "export { default } from './typed.mts';"],
    ['of-typed.cjs', "module.exports = require('./typed.ts').default;"],
    ['alone.mjs', `export default { target: '${target}' };`],
    ['alone.cjs', `module.exports = { target: '${target}' };`],
  ])('loads the configuration %s', (name, text) => {
    const config = write(name, text);
    const { code, out, err } = runNode([command, 'doctor', '--config', config]);
    // The key comes later than the file.
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('A target needs a key');
  });

  it.each([
    ['throws.mjs', 'const a = 1;\n\nthrow new Error("Out of beans");', '(line 3): Out of beans.'],
    ['broken.ts', 'export default {\n  target: = };', '(line 2): Unexpected "=".'],
  ])('names the line of an error in %s', (name, text, message) => {
    const { code, err } = runNode([command, 'doctor', '--config', write(name, text)]);
    expect(code).toBe(2);
    expect(err).toContain(`${name} can't be loaded ${message} Correct it.`);
  });
});

/** The code caches of the suite's build. */
const compiledFiles = (root: string): string[] =>
  readdirSync(join(root, 'build'))
    .filter((name) => name.startsWith(`leadgrid-conformance.cjs.${process.version}`))
    .map((name) => join(root, 'build', name));

describe('The build of the suite', { timeout: 240_000 }, () => {
  let copy: Awaited<ReturnType<typeof copyRepository>>;
  let atFirst: [string, string];
  beforeAll(async () => {
    copy = await copyRepository();
    atFirst = help();
    expect(build()).toEqual({ code: 0, out: '', err: '' });
  });
  afterAll(() => copy.remove());
  const help = (): [string, string] => {
    const { code, out, err } = runNode([command, '--help'], copy.root);
    expect(code, err).toBe(0);
    return [/^(.*) an implementation/m.exec(out)?.[1] ?? '', err];
  };
  const build = () => runNode([join('scripts', 'build', 'build.js')], copy.root);
  const slow = (fault: string): string =>
    `The build of the suite is ${fault}, so it starts slowly. Run \`npm run build\`.\n`;

  it('is reported as missing or, when a source changes, as too old', () => {
    expect(atFirst).toEqual(['Tests', slow('missing')]);
    const program = join(copy.root, 'conformance', 'commands', 'program.ts');
    // A newer modification time alone is no change.
    utimesSync(program, 0, 0);
    expect(help()).toEqual(['Tests', '']);
    // The changed file has the same size.
    const text = readFileSync(program, 'utf8');
    writeFileSync(program, text.replace("'Tests an", "'TESTS an"));
    expect(help()).toEqual(['TESTS', slow('older than its sources')]);
    expect(build()).toEqual({ code: 0, out: '', err: '' });
    expect(help()).toEqual(['TESTS', '']);
  });

  it('is too old when what makes it changes', () => {
    const maker = join(copy.root, 'scripts', 'build', 'bundle.js');
    const text = readFileSync(maker, 'utf8');
    writeFileSync(maker, `${text}\n`);
    expect(help()[1]).toBe(slow('older than its sources'));
    writeFileSync(maker, text);
    expect(help()[1]).toBe('');
  });

  it('keeps compiled code, which V8 uses, and starts without it too', () => {
    const program = `import { runBuild, suite } from './scripts/build/built.js';
      process.argv.push('built', '--help');
      const { cachedDataRejected } = runBuild(suite);
      process.stderr.write(String(cachedDataRejected));`;
    const refused = () => runNode(['--input-type=module', '--eval', program], copy.root).err;
    expect(refused()).toBe('false');
    const [compiled = ''] = compiledFiles(copy.root);
    writeFileSync(compiled, 'of another engine');
    expect([refused(), help()[1]]).toEqual(['true', '']);
    rmSync(compiled);
    expect([refused(), help()[1]]).toEqual(['undefined', '']);
  });

  it('refuses to build what is no command', () => {
    const words = [join('scripts', 'build', 'build.js'), 'leadgrid'];
    expect(runNode(words, copy.root)).toEqual({
      ...{ code: 2, out: '' },
      err: 'build: there is no leadgrid. Name some of leadgrid-mock, leadgrid-conformance, or none.\n',
    });
  });

  it('says which command installs a missing package', () => {
    for (const name of ['node_modules', 'build'])
      rmSync(join(copy.root, name), { recursive: true });
    expect(runNode([command, '--help'], copy.root)).toEqual({
      ...{ code: 2, out: '' },
      err: "Cannot find package 'tsx'. Run `npm ci` to install what the suite needs.\n",
    });
  });
});
