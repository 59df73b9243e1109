import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ending, started } from './cli-command.ts';

const repository = join(import.meta.dirname, '..', '..');
const isTest = (path: string): boolean => path.endsWith('/tests');

/** A copy of the kit, as far as the server needs it. */
const install = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-kit-'));
  for (const part of ['openapi', 'reference-server', 'package.json']) {
    await cp(join(repository, part), join(folder, part), {
      recursive: true,
      filter: (path) => !isTest(path),
    });
  }
  return folder;
};

/** Gives a copy all packages, in a folder of its own. */
const linkPackages = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'node_modules'));
  const packages = join(repository, 'node_modules');
  for (const name of await readdir(packages)) {
    if (name.startsWith('.')) continue;
    await symlink(join(packages, name), join(folder, 'node_modules', name));
  }
};

const mock = (folder: string, ...args: string[]) =>
  spawn(process.execPath, [join(folder, 'reference-server', 'leadgrid-mock.js'), ...args]);

describe('The command leadgrid-mock', () => {
  it('is in package.json, and can be executed', async () => {
    const text = await readFile(join(repository, 'package.json'), 'utf8');
    const { bin = {} } = JSON.parse(text) as { bin?: Record<string, string> };
    const child = spawn(join(repository, bin['leadgrid-mock'] ?? ''), ['--port', '0']);
    const { end } = await started(child);
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0, err: '' });
  });

  it('starts from a bundle, which is made anew when a source has changed', async () => {
    const folder = await install();
    await linkPackages(folder);
    const words = async (): Promise<string> => {
      const { child, end, text } = await started(mock(folder, '--port', '0'));
      child.kill('SIGTERM');
      await end;
      return text.split(' listening')[0] ?? '';
    };
    const bundles = async () =>
      (await readdir(join(folder, 'node_modules/.cache/leadgrid'))).length;
    expect([await words(), await bundles()]).toEqual(['LeadGrid reference server', 2]);
    const cli = join(folder, 'reference-server', 'cli.ts');
    const source = await readFile(cli, 'utf8');
    await writeFile(cli, source.replace('LeadGrid reference server', 'Another server'));
    expect([await words(), await words(), await bundles()]).toEqual([
      ...['Another server', 'Another server', 2],
    ]);
    await rm(folder, { recursive: true });
  });

  it('starts where no bundle can be kept', async () => {
    const folder = await install();
    await linkPackages(folder);
    await writeFile(join(folder, 'node_modules', '.cache'), 'No folder.');
    const { child, end, text } = await started(mock(folder, '--port', '0'));
    expect(text).toContain('LeadGrid reference server listening');
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0, err: '' });
    await rm(folder, { recursive: true });
  });

  it('says in one line that the contract is missing, or broken', async () => {
    const folder = await install();
    await linkPackages(folder);
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

  it('says in one line that packages are missing', async () => {
    const folder = await install();
    const { code, out, err } = await ending(mock(folder));
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe("Cannot find package 'tsx'. Install what the server needs with `npm ci`.\n");
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(repository, 'node_modules/tsx'), join(folder, 'node_modules/tsx'));
    const second = await ending(mock(folder));
    expect(second.code).toBe(2);
    expect(second.err).toMatch(/^Cannot find package '\w+'\. Install .+\n$/);
    await rm(folder, { recursive: true });
  });
});
