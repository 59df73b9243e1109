import { describe, expect, it } from 'vitest';
import { reporters } from '../reporters/formats.ts';
import { abridgeIds } from '../reporters/summary.ts';
import { broken, conformant, everyOutcome, limited, ugly } from './sample-reports.ts';

const formats = Object.keys(reporters);
const plainly = { color: false };

describe('the reporters', () => {
  it.each(formats)('show a run with every outcome as %s', async (format) => {
    const text = reporters[format]?.(everyOutcome, plainly);
    await expect(text).toMatchFileSnapshot(`golden/every-outcome.${format}.txt`);
  });

  it.each(formats)('show a conformant run with leftovers as %s', async (format) => {
    const text = reporters[format]?.(conformant, plainly);
    await expect(text).toMatchFileSnapshot(`golden/conformant.${format}.txt`);
  });

  it.each(formats)('show ugly texts as %s', async (format) => {
    const text = reporters[format]?.(ugly, plainly);
    await expect(text).toMatchFileSnapshot(`golden/ugly.${format}.txt`);
  });

  it.each(formats)('show that a run broke down as %s', (format) => {
    const text = reporters[format]?.(broken, plainly) ?? '';
    expect(text).toMatch(/no verdict|"verdict": ?null/);
    expect(text).toContain('The target stopped answering at 22');
    const unopened = { ...broken, target: { ...broken.target, url: '' } };
    expect(reporters[format]?.(unopened, plainly)).toContain('The target stopped answering');
  });

  it.each(formats)('show as %s what a run did not reach, and why', (format) => {
    const text = reporters[format]?.(limited, plainly) ?? '';
    expect(text).toMatch(/The run ended after 1 failure/);
    expect(text).toMatch(format === 'json' ? /"endedEarly": "The run/ : /2 rules not reached/);
  });

  it('show that a shard had nothing to do', () => {
    const rules = conformant.rules.map((rule) => ({ ...rule, outcome: 'omitted' as const }));
    const text = reporters['pretty']?.({ ...conformant, shard: '2/2', rules }, plainly);
    expect(text).toContain('conformant: this shard has no rule to run');
  });

  it.each(['pretty', 'markdown', 'json'])(
    'show as %s how long rules waited for lists',
    (format) => {
      const target = { ...conformant.target, listsWaitedForMs: 374 };
      const text = reporters[format]?.({ ...conformant, target }, plainly);
      expect(text).toMatch(/374/);
      expect(reporters[format]?.(conformant, plainly)).not.toMatch(/374|listsWaitedFor/);
    },
  );

  it('use colours only for a terminal', () => {
    for (const format of formats) {
      const escapes = reporters[format]?.(everyOutcome, { color: true }).includes('\u001B[');
      expect(escapes, format).toBe(format === 'pretty');
      expect(reporters[format]?.(everyOutcome, plainly)).not.toContain('\u001B[');
    }
  });

  it('let no text from outside control the terminal', () => {
    // eslint-disable-next-line no-control-regex -- they are what it is about
    expect(reporters['pretty']?.(ugly, plainly)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F‮]/);
  });

  it('keep to the width of a terminal, except for commands to paste', () => {
    for (const width of [72, 80, 200]) {
      const lines = reporters['pretty']?.(everyOutcome, { color: false, width }).split('\n') ?? [];
      const prose = lines.filter((line) => !/^ +([→$&]|printf|200|400|repeat)/.test(line));
      expect(Math.max(...prose.map(({ length }) => length))).toBeLessThanOrEqual(
        Math.min(width, 200),
      );
    }
  });
});

describe('ids in short', () => {
  it('has consecutive numbers as ranges, by area', () => {
    const ids = ['LG-CON-001', 'LG-CON-002', 'LG-CON-003', 'LG-CON-007', 'LG-DOS-010'];
    expect(abridgeIds(ids)).toEqual(['LG-CON-001…003, 007', 'LG-DOS-010']);
  });
});
