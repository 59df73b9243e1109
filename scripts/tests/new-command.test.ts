import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../cli/command.ts';
import { placeholder } from '../new/draft.ts';

const run = (...words: readonly string[]) => {
  const args = ['--import', 'tsx', 'scripts/new.ts', ...words];
  return spawnSync(process.execPath, args, { cwd: repositoryRoot, encoding: 'utf8' });
};

describe('npm run new', () => {
  it('prints its changes without writing them, with --dry-run', () => {
    const verifies = ['--verifies', 'LG-NOT-001'];
    const { status, stdout } = run('rule', 'notes/dry', ...verifies, '--dry-run');
    expect(stdout).toContain('new file conformance/rules/notes/dry.ts\n+ import ');
    expect(stdout).toContain(
      "npx vitest run --project kit conformance/tests/caught -t 'notes/dry'",
    );
    expect(status).toBe(0);
    expect(existsSync(join(repositoryRoot, 'conformance/rules/notes/dry.ts'))).toBe(false);
  });

  it.each([
    [['reporter', 'junit'], 'new: junit exists, in conformance/reporters/.\n'],
    [
      ['operation', 'getX', '--method', 'put', '--path', '/x', '--resource', 'notes'],
      "new: option '--method <method>' argument 'put' is invalid. " +
        'It should be one of get, post, patch, delete. See `npm run new -- --help`.\n',
    ],
  ])('says in a line what is wrong with %j, and ends with 2', (words, line) => {
    const { status, stdout, stderr } = run(...words);
    expect([status, stdout, stderr]).toEqual([2, '', line]);
  });
});

describe('The scaffolded code', () => {
  it('has no open places', () => {
    const left = ['openapi', 'conformance', 'reference-server'].flatMap((folder) =>
      readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|yaml|md)$/.test(file))
        .map((file) => join(folder, file))
        .filter((file) => readFileSync(join(repositoryRoot, file), 'utf8').includes(placeholder)),
    );
    expect(left, `these still say "${placeholder}"`).toEqual([]);
  });
});
