import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../cli/command.ts';
import { withFiles } from './temporary-folder.ts';

const rulesBrokenBy = async (path: string, text: string): Promise<(string | null)[]> => {
  const broken: (string | null)[] = [];
  await withFiles({ [path]: text }, async (folder) => {
    const overrideConfigFile = join(repositoryRoot, '.config', 'eslint.config.js');
    const eslint = new ESLint({ cwd: folder, overrideConfigFile });
    const results = await eslint.lintFiles([path]);
    broken.push(...results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)));
  });
  return broken;
};

describe('The lint', () => {
  it('finds nothing in code that follows the rules.', async () => {
    expect(await rulesBrokenBy('a.ts', 'export const one = (): number => 1;\n')).toEqual([]);
  });

  it('names a floating promise.', async () => {
    const text = 'const later = async (): Promise<void> => {};\nlater();\nexport { later };\n';
    expect(await rulesBrokenBy('a.ts', text)).toContain('@typescript-eslint/no-floating-promises');
  });

  it('names an any.', async () => {
    const text = 'export const size = (value: any): number => value.length;\n';
    expect(await rulesBrokenBy('a.ts', text)).toContain('@typescript-eslint/no-explicit-any');
  });

  it('names a skipped test.', async () => {
    const text = "import { it } from 'vitest';\nit.skip('Later.', () => undefined);\n";
    expect(await rulesBrokenBy('tests/a.test.ts', text)).toContain('no-restricted-properties');
  });

  it('names a to-do comment.', async () => {
    const text = `// ${['TO', 'DO'].join('')}: later\nexport const one = 1;\n`;
    expect(await rulesBrokenBy('a.ts', text)).toContain('no-warning-comments');
  });
});
