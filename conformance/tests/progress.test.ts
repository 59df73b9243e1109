import { describe, expect, it } from 'vitest';
import { createProgress } from '../commands/progress.ts';
import type { Terminal } from '../commands/terminal.ts';
import type { Outcome } from '../runner/outcome.ts';

/** A terminal that records its output, and a clock that the test sets. */
const open = (interactive: boolean) => {
  const lines: string[] = [];
  const interruption = new AbortController();
  let time = 0;
  const terminal: Terminal = {
    out: () => undefined,
    err: (text) => void lines.push(text),
    report: () => undefined,
    ...{ color: false, interactive, width: () => 60, environment: {} },
    interruption: interruption.signal,
  };
  const progress = createProgress(terminal, ids, () => time);
  const pass = (milliseconds: number): void => void (time += milliseconds);
  const interrupt = (): void => {
    interruption.abort();
  };
  return { progress, lines, pass, interrupt };
};

const ids = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6', 'a/7', 'a/8', 'a/9', 'a/10'];

const outcome = (id: string, ending: Partial<Outcome> = {}): Outcome => ({
  ...{ id, level: 'MUST', verifies: ['LG-GEN-001'], sentence: 'It holds.', outcome: 'passed' },
  ...{ reason: undefined, exchanges: 1, counterexample: undefined },
  ...ending,
});

describe('the progress of a run', () => {
  it('is shown in a log only when there is a finding', () => {
    const { progress, lines } = open(false);
    progress.began({ id: 'a/1' });
    progress.ended(outcome('a/1'));
    progress.ended(outcome('a/2', { outcome: 'failed' }));
    progress.ended(outcome('a/3', { outcome: 'failed', known: 'Since March.' }));
    progress.ended(outcome('a/4', { outcome: 'error', reason: 'The wire broke.' }));
    progress.ended(outcome('a/5', { known: 'Since March.' }));
    progress.ended(outcome('a/6', { outcome: 'not-verified', reason: 'It needs a key.' }));
    progress.close();
    expect(lines).toEqual([
      '  MUST a/2 failed: It holds.\n',
      '  MUST a/3 failed, a known failure: Since March.\n',
      '  MUST a/4 ended in an error: The wire broke.\n',
      '  MUST a/5 passed: no longer a known failure\n',
    ]);
  });

  it('shows a person the current rule, how many are left, and the remaining time', () => {
    const { progress, lines, pass } = open(true);
    for (const id of ids.slice(0, 5)) {
      progress.began({ id });
      pass(2_000);
      progress.ended(outcome(id));
    }
    progress.began({ id: 'a/6' });
    progress.began({ id: 'a/7' });
    expect(lines.at(-1)).toBe('  5 of 10 rules, about 10 s left  a/6 and 1 more');
  });

  it("does not count rules that aren't executed", () => {
    const { progress, lines } = open(true);
    progress.ended(outcome('a/1', { outcome: 'not-verified', reason: 'It needs a key.' }));
    progress.began({ id: 'a/2' });
    expect(lines.at(-1)).toBe('  0 of 9 rules  a/2');
  });

  it('never wraps a line that it will erase', () => {
    const { progress, lines } = open(true);
    progress.began({ id: `a/${'long'.repeat(30)}` });
    expect(lines.at(-1)).toHaveLength(59);
  });

  it('shows waiting for the rate limit once in a log, and each time on a terminal', () => {
    const log = open(false);
    log.progress.waits(60_000, 'the rate limit');
    log.progress.waits(60_000, 'the rate limit');
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toContain('waiting 60 s for the rate limit');
    const watched = open(true);
    watched.progress.waits(60_000, 'the rate limit');
    watched.progress.waits(41_200, 'the rate limit');
    expect(watched.lines.at(-1)).toBe('  waiting 42 s for the rate limit');
  });

  it('does not show short waits, and those of a rule', () => {
    const { progress, lines } = open(true);
    progress.waits(1_000, 'the rate limit');
    progress.waits(60_000, undefined);
    expect(lines).toEqual([]);
  });

  it('explains an interruption, unless the run has ended', () => {
    const during = open(false);
    during.interrupt();
    expect(during.lines.join('')).toContain('Interrupted.');
    const after = open(false);
    after.progress.close();
    after.interrupt();
    expect(after.lines).toEqual([]);
  });
});
