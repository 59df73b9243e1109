import { describe, expect, it } from 'vitest';
import { call } from './command.ts';

const LEADGRID_KEY = 'lg_live_test';
const nobody = 'http://127.0.0.1:9';

describe('leadgrid-conformance, called wrongly', () => {
  it.each([
    ['an unknown option', ['--tarket', nobody], 2, "unknown option '--tarket'"],
    ['a stray argument', ['everything'], 2, 'too many arguments'],
    ['a report format that does not exist', ['--report', 'pdf'], 2, 'no report format pdf'],
    ['a number that is none', ['--runs', 'many'], 2, 'whole number above zero'],
    ['a target that is no URL', ['--target', 'localhost:4020'], 2, '--target localhost:4020'],
    ['a target without a key', ['--target', nobody], 2, 'set LEADGRID_KEY'],
    ['a control API without a target', ['--control', nobody], 2, '--control goes with --target'],
  ])('says in one line what is wrong with %s', async (_, flags, code, line) => {
    const result = await call(flags);
    expect(result.err).toContain(line);
    expect(result.err.trim().split('\n')).toHaveLength(1);
    expect(result).toMatchObject({ code, out: '' });
  });

  it.each([
    ['a query in the base URL', ['--target', `${nobody}/?x=1`], 'no query, fragment or password'],
    ['a report format of every object', ['--report', 'toString'], 'no report format toString'],
    ['a report without a file', ['--report', 'json:'], 'a file without a name'],
  ])('notices %s before it starts', async (_, flags, line) => {
    const result = await call(flags, { LEADGRID_KEY });
    expect(result.err).toContain(line);
    expect(result).toMatchObject({ code: 2, out: '' });
  });

  it('refuses a key that no header can hold, without telling it', async () => {
    const result = await call(['--target', nobody], { LEADGRID_KEY: 'lg_live_☃' });
    expect(result.code).toBe(2);
    expect(result.err).toBe(
      'LEADGRID_KEY holds characters that no header can. Copy the key again.\n',
    );
  });

  it('refuses the production host', async () => {
    const result = await call(['--target', 'https://leadgrid.io/api/v1'], { LEADGRID_KEY });
    expect(result.code).toBe(2);
    expect(result.err).toContain('--allow-production');
  });

  it('says that nobody answers at the target', async () => {
    const result = await call(['--target', 'http://127.0.0.1:1/api/v1'], { LEADGRID_KEY });
    expect(result.code).toBe(4);
    expect(result.err).toMatch(/^Nobody answers at http:\/\/127\.0\.0\.1:1\/api\/v1: /);
    expect(result.err.trim().split('\n')).toHaveLength(1);
  });

  it('says that nobody answers at the control API', async () => {
    const flags = ['--target', 'http://127.0.0.1:1/api/v1', '--control', 'http://127.0.0.1:1/c'];
    const result = await call(flags);
    expect(result.code).toBe(4);
    expect(result.err).toContain("The control API at http://127.0.0.1:1/c can't be reached");
  });

  it('says where a report cannot be written', async () => {
    const result = await call(['--report', 'json:/nowhere/report.json', '--runs', '1']);
    expect(result.code).toBe(2);
    expect(result.err).toContain("can't be written to /nowhere/report.json");
  });

  it('tells its options, environment and exit codes', async () => {
    const { code, out } = await call(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('LEADGRID_EXPIRED_KEY');
    expect(out).toContain('0 conformant, 1 non-conformant');
  });
});
