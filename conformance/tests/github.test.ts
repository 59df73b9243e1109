import { describe, expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { reportGithub } from '../reporters/github.ts';
import { reportPretty } from '../reporters/pretty.ts';
import { conformant, everyOutcome, limited, reportOf, ugly } from './sample-reports.ts';

interface Command {
  readonly name: string;
  readonly title: string;
  readonly message: string;
}

/** Reads the commands of an output as the runner of GitHub does. */
const read = (output: string): Command[] =>
  output
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => {
      const [, name = '', title = '', message = ''] =
        /^::(\w+) title=([^:,]*)::(.*)$/.exec(line) ?? [];
      expect(name, line).not.toBe('');
      return { name, title: unescape(title), message: unescape(message) };
    });

const unescape = (text: string): string =>
  text.replaceAll(/%(0D|0A|3A|2C|25)/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

const countOf = (commands: readonly Command[], name: string): number =>
  commands.filter((one) => one.name === name).length;

describe('the annotations for GitHub', () => {
  it('let no text become a command', () => {
    const commands = read(reportGithub(ugly));
    expect(commands.map(({ name }) => name)).toEqual(['error', 'error', 'error']);
    expect(commands.map(({ title }) => title)).toEqual([
      ...['LeadGrid conformance: non-conformant', 'MUST pagination/full-walk', 'pagination/total'],
    ]);
  });

  it('are as many as GitHub shows, and one line says how many are left', () => {
    const commands = read(reportGithub(reportOf(100, 10)));
    expect(countOf(commands, 'error')).toBe(10);
    expect(countOf(commands, 'warning')).toBe(10);
    const [rest, ...others] = commands.filter(({ name }) => name === 'notice');
    expect(others).toEqual([]);
    // The verdict is an error too.
    expect(rest?.title).toBe('41 errors and 40 warnings more');
    expect(rest?.message).toContain('area/rule-98');
    const shown = commands.filter((one) => one !== rest).map(({ title }) => title);
    for (const { id } of reportOf(100, 10).rules) {
      const listed = rest?.message.split(/: |, /).some((title) => title.endsWith(` ${id}`));
      expect(shown.some((title) => title.endsWith(` ${id}`)) !== listed, id).toBe(true);
    }
  });

  it.each([
    [8, 0, []],
    [9, 0, []],
    [10, 0, ['1 error more']],
    [0, 10, []],
    [0, 11, ['1 warning more']],
  ])('leave nothing out that fits: %i failures, %i deviations', (failures, deviations, left) => {
    const [failure, deviation] = reportOf(2, 10).rules;
    const rules = [
      ...Array.from({ length: failures }, () => failure),
      ...Array.from({ length: deviations }, () => deviation),
    ].flatMap((rule) => rule ?? []);
    const commands = read(reportGithub({ ...reportOf(0, 0), rules }));
    const notices = commands.filter(({ name }) => name === 'notice');
    expect(notices.map(({ title }) => title)).toEqual(left);
    expect(commands).toHaveLength(
      Math.min(1 + failures, 10) + Math.min(deviations, 10) + left.length,
    );
  });

  it('say why a run ended early', () => {
    expect(read(reportGithub(limited))[0]?.message).toContain('The run ended after 1 failure');
  });

  it('are no longer than GitHub accepts', () => {
    for (const line of reportGithub(reportOf(3, 100_000)).split('\n')) {
      expect(Buffer.byteLength(line)).toBeLessThan(64 * 1024);
    }
  });

  it.each([
    ['error', everyOutcome],
    ['notice', conformant],
    ['warning', { ...conformant, verdict: 'incomplete' } satisfies Report],
  ])('begin with the verdict, as: %s', (name, report) => {
    expect(read(reportGithub(report))[0]).toMatchObject({
      name,
      title: `LeadGrid conformance: ${report.verdict}`,
    });
  });

  it('never appear in the report for a terminal', () => {
    const lines = reportPretty(ugly, { color: false, width: 72 }).split('\n');
    expect(lines.filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  });
});
