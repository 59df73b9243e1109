import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ending, started } from './cli-command.ts';

const repository = join(import.meta.dirname, '..', '..');
const isTest = (path: string): boolean => path.endsWith('/tests');

/** A copy of the files that the server needs, without packages and build. */
const install = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-kit-'));
  for (const part of ['openapi', 'reference-server', 'scripts/build', 'package.json']) {
    await cp(join(repository, part), join(folder, part), {
      recursive: true,
      filter: (path) => !isTest(path),
    });
  }
  return folder;
};

/** Adds all packages to a copy, in its own node_modules. */
const linkPackages = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'node_modules'));
  const packages = join(repository, 'node_modules');
  for (const name of await readdir(packages)) {
    if (name.startsWith('.')) continue;
    await symlink(join(packages, name), join(folder, 'node_modules', name));
  }
};

const build = async (folder: string): Promise<void> => {
  const program = join(folder, 'scripts', 'build', 'build.js');
  const made = spawn(process.execPath, [program, 'leadgrid-mock']);
  expect(await ending(made)).toMatchObject({ code: 0, out: '', err: '' });
};

const mock = (folder: string, ...args: string[]) =>
  spawn(process.execPath, [join(folder, 'reference-server', 'leadgrid-mock.js'), ...args]);

/** Starts and stops a server; returns its name from the first line, and its errors. */
const words = async (folder: string): Promise<[string, string]> => {
  const { child, end, text } = await started(mock(folder, '--port', '0'));
  child.kill('SIGTERM');
  const { code, err } = await end;
  expect(code).toBe(0);
  return [text.split(' listening')[0] ?? '', err];
};

const own = 'LeadGrid reference server';
const slow = (fault: string): string =>
  `The build of the server is ${fault}, so it starts slowly. Run \`npm run build\`.\n`;

describe('The command leadgrid-mock', () => {
  it('is in package.json, is executable, and finds the database driver', async () => {
    const folder = await install();
    await linkPackages(folder);
    await build(folder);
    const text = await readFile(join(repository, 'package.json'), 'utf8');
    const { bin = {} } = JSON.parse(text) as { bin?: Record<string, string> };
    const options = ['--port', '0', '--db', join(folder, 'kept.db')];
    const { child, end } = await started(spawn(join(folder, bin['leadgrid-mock'] ?? ''), options));
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0, err: '' });
    expect(await readdir(folder)).toContain('kept.db');
    await rm(folder, { recursive: true });
  });

  it('is built on installation, and not on start', async () => {
    const text = await readFile(join(repository, 'package.json'), 'utf8');
    const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
    expect(scripts).toMatchObject({
      build: 'node scripts/build/build.js',
      prepare: 'npm run --silent build',
    });
    const folder = await install();
    await linkPackages(folder);
    expect(await words(folder)).toEqual([own, slow('missing')]);
    expect(await readdir(folder)).not.toContain('build');
    await rm(folder, { recursive: true });
  });

  it('starts from its build until a source changes, in any folder', async () => {
    const first = await install();
    await linkPackages(first);
    await build(first);
    const folder = `${first}-moved`;
    await rename(first, folder);
    const cli = join(folder, 'reference-server', 'cli.ts');
    const source = await readFile(cli, 'utf8');
    // A newer modification time alone is no change.
    await utimes(cli, 0, 0);
    expect(await words(folder)).toEqual([own, '']);
    // The changed file has the same size.
    await writeFile(cli, source.replace(own, own.toUpperCase()));
    expect(await words(folder)).toEqual([own.toUpperCase(), slow('older than its sources')]);
    await build(folder);
    expect(await words(folder)).toEqual([own.toUpperCase(), '']);
    await rm(folder, { recursive: true });
  });

  it('runs its build even without a compile cache', async () => {
    const folder = await install();
    await linkPackages(folder);
    await build(folder);
    const files = await readdir(join(folder, 'build'));
    expect(files).toHaveLength(3);
    const compiled = files.find((name) => name.includes(process.version)) ?? '';
    await writeFile(join(folder, 'build', compiled), 'of another engine');
    expect(await words(folder)).toEqual([own, '']);
    await rm(join(folder, 'build', compiled));
    expect(await words(folder)).toEqual([own, '']);
    await rm(folder, { recursive: true });
  });

  it('reports a missing or broken contract in one line', async () => {
    const folder = await install();
    await linkPackages(folder);
    await build(folder);
    const generated = join(folder, 'openapi', 'generated');
    const faults = [
      () => writeFile(join(generated, 'openapi.json'), '{}'),
      () => rm(join(generated, 'control.json')),
      () => rm(generated, { recursive: true }),
    ];
    for (const fault of faults) {
      await fault();
      const { code, out, err } = await ending(mock(folder, '--port', '0'));
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^The contract cannot be read \(.+\)\. Run `npm run generate`, or .+\n$/);
    }
    await rm(folder, { recursive: true });
  });

  it('reports missing packages in one line', async () => {
    const folder = await install();
    const { code, out, err } = await ending(mock(folder));
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe("Cannot find package 'tsx'. Run `npm ci` to install what the server needs.\n");
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(repository, 'node_modules/tsx'), join(folder, 'node_modules/tsx'));
    const second = await ending(mock(folder));
    expect(second.code).toBe(2);
    expect(second.err).toMatch(/^Cannot find package '\w+'\. Run `npm ci` .+\n$/);
    await rm(folder, { recursive: true });
  });
});
