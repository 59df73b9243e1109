import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { callCommand, callInProcess } from './call-command.ts';
import { serveTarget } from './sick-servers.ts';

const LEADGRID_KEY = 'lg_live_test_0000001';
const unreachable = 'http://127.0.0.1:9';

describe('leadgrid-conformance, called wrongly', () => {
  it.each([
    [
      'an unknown option',
      ['--tarket', unreachable],
      "unknown option '--tarket' (Did you mean --target",
    ],
    ['an unknown command', ['rnu'], "unknown command 'rnu' (Did you mean run?)"],
    ['a stray argument', ['run', 'everything'], 'too many arguments'],
    ['a command without its argument', ['explain'], "missing required argument 'id'"],
    ['a report format that does not exist', ['--report', 'jsn'], 'Did you mean json?'],
    ['a report format of every object', ['--report', 'toString'], 'no report format toString'],
    ['a report without a file', ['--report', 'json:'], 'a file without a name'],
    ['a number that is none', ['--runs', 'many'], 'whole number above zero'],
    ['a pace of zero', ['--max-rps', '0'], 'Give a number above zero'],
    ['an unknown profile', ['--profile', 'fast'], 'Use one of smoke, quick, standard, thorough'],
    ['a shard that is none', ['--shard', '3/2'], '--shard 3/2 is invalid'],
    ['a shard without a seed or a commit', ['--shard', '1/2'], 'Add the same --seed to each'],
    ['a time that is none', ['--max-time', 'soon'], 'such as 60s, 5m or 500ms'],
    ['a limit of zero', ['--max-requests', '0'], 'whole number above zero'],
    ['an earlier report that is none', ['--last-failed', 'package.json'], 'is not a report of'],
    ['watching without a keyboard', ['--watch'], '--watch needs a terminal'],
    ['an unknown rule', ['--only', 'flows/type-fliter'], 'Did you mean flows/type-filter?'],
    ['a path to many rules', ['--path', '0:1', '--only', 'flows'], '--path needs exactly one rule'],
    ['a path without a seed', ['--path', '0', '--only', 'flows/type-filter'], 'Add --seed'],
    ['a baseline that is not there', ['--baseline', 'nothing.json'], "can't be read"],
    ['a report that is not there', ['merge', 'nothing.json'], "nothing.json can't be read"],
    ['a file that is not a report', ['merge', 'package.json'], 'is not a report of this suite ('],
    ['an unknown requirement', ['explain', 'LG-FLO-0001'], 'Did you mean LG-FLO-001?'],
    ['a target that is no URL', ['--target', 'localhost:4020'], '--target localhost:4020'],
    ['a target without a key', ['--target', unreachable], 'set LEADGRID_KEY'],
    ['a control API without a target', ['--control', unreachable], '--control needs --target'],
    [
      'a query in the base URL',
      ['--target', `${unreachable}/?x=1`],
      'no query, fragment or password',
    ],
    ['the production host', ['--target', 'https://leadgrid.io/api/v1'], '--allow-production'],
  ])('reports in one line what is wrong with %s', async (_, words, line) => {
    const result = await callInProcess(
      words,
      line.includes('LEADGRID_KEY') ? {} : { LEADGRID_KEY },
    );
    expect(result.err).toContain(line);
    expect(result.err.trim().split('\n')).toHaveLength(1);
    expect(result).toMatchObject({ code: 2, out: '' });
  });

  it("refuses a key with characters that a header can't contain, and doesn't print it", async () => {
    const result = await callInProcess(['--target', unreachable], {
      LEADGRID_KEY: 'lg_live_of_a_man_☃',
    });
    expect(result).toEqual({
      ...{ code: 2, out: '' },
      err: "LEADGRID_KEY has characters that a header can't contain. Copy the key again.\n",
    });
  });

  it('does not print a key that was given in the wrong place', async () => {
    const result = await callInProcess([`--${LEADGRID_KEY}`], { LEADGRID_KEY });
    expect(result.err).toBe(
      "leadgrid-conformance: unknown option '--$LEADGRID_KEY'. See --help.\n",
    );
  });

  it("reports that the target doesn't respond", async () => {
    const result = await callInProcess(['--target', 'http://127.0.0.1:1/api/v1'], { LEADGRID_KEY });
    expect(result.code).toBe(4);
    expect(result.err).toMatch(/^No response from http:\/\/127\.0\.0\.1:1\/api\/v1: /);
    expect(result.err.trim().split('\n')).toHaveLength(1);
  });

  it("reports that the control API doesn't respond", async () => {
    const { url, close } = await serveTarget();
    const result = await callInProcess(['--target', url, '--control', 'http://127.0.0.1:1/c']);
    await close();
    expect(result.code).toBe(4);
    expect(result.err).toMatch(/^The control API at http:\/\/127\.0\.0\.1:1\/c can't be reached/);
    expect(result.err.trim().split('\n')).toHaveLength(1);
  });

  it('reports a path where a report cannot be written', async () => {
    const result = await callInProcess(['--report', 'json:package.json/report.json']);
    expect(result.code).toBe(2);
    expect(result.err).toContain("can't be written to package.json/report.json");
  });

  it('exits with the documented code', async () => {
    const result = await callCommand(['--report', 'pdf']);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toMatch(/^There is no report format pdf\./);
  });
});

describe('leadgrid-conformance, asked for help', () => {
  it('shows its commands, environment and exit codes', async () => {
    const { code, out } = await callCommand(['--help']);
    expect(code).toBe(0);
    for (const word of ['run', 'doctor', 'init', 'list', 'explain', 'replay', 'merge']) {
      expect(out).toMatch(new RegExp(`^  ${word} `, 'm'));
    }
    expect(out).toContain('LEADGRID_EXPIRED_KEY');
    expect(out).toContain('0 conformant, 1 non-conformant');
  });

  it('lists all rules by area, selected rules, and rules as JSON', async () => {
    const { code, out } = await callInProcess(['list', '--only', 'flows', '--skip', 'LG-FLO-001']);
    expect(code).toBe(0);
    expect(out).toMatch(/^flows \(\d+\)\n/);
    expect(out).toContain('  MUST   flows/many-stages\n');
    expect(out).not.toContain('flows/own-flows');
    const listed = JSON.parse((await callInProcess(['list', '--json'])).out) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });

  it('lists requirements with the rules that verify them', async () => {
    const { out } = await callInProcess(['list', '--requirements']);
    expect(out).toMatch(/^MUST {3}LG-FLO-001 {2}.+\n +.*flows\/own-flows/m);
    expect(out).toMatch(/^MUST {3}LG-AUT-013 {2}.+\n +unobservable: /m);
    const { out: json } = await callInProcess(['list', '--requirements', '--json']);
    const first = (JSON.parse(json) as { id: string; rules: string[] }[])[0];
    expect(first).toMatchObject({ id: 'LG-AUT-001', level: 'MUST', unobservable: null });
    expect(first?.rules).toContain('authentication/missing-key');
  });

  it('explains a requirement: its source, and the rules that verify it', async () => {
    const { code, out } = await callInProcess(['explain', 'lg-aut-010']);
    expect(code).toBe(0);
    for (const word of ['LG-AUT-010  SHOULD', 'Source ', 'Why ', 'Equally legal', 'How it is']) {
      expect(out).toContain(word);
    }
    expect((await callInProcess(['explain', 'LG-AUT-013'])).out).toContain('It is not checked.');
  });

  it('explains a rule: what it verifies, and what it needs', async () => {
    const { out } = await callInProcess(['explain', 'flows/many-stages']);
    expect(out).toContain('LG-FLO-002');
    expect(out).toContain('flows that the suite creates (--control');
    const ambient = await callInProcess(['explain', 'ambient/json-body']);
    expect(ambient.out).toContain('It inspects every exchange of every other rule.');
  });
});
