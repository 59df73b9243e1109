import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { lookedAt } from '../doctor/preflight.ts';
import { checkReachability } from '../doctor/reachability.ts';
import { answer, type Answers, probeAt, findingLines } from './fake-probe.ts';

const url = 'http://target.test/api/v1';
const common = {
  from: '--target',
  identify: () => Promise.resolve(undefined),
  reads: lookedAt(readContract()),
};
const atNoon = { date: 'Fri, 01 May 2026 12:00:00 GMT' };

describe('the check of the target', () => {
  const reach = (answers: Answers) =>
    checkReachability({ ...common, url, probeAt: probeAt(answers) });

  it('is ok when it requires a key and its clock agrees', async () => {
    const findings = await reach(() => answer(401, atNoon));
    expect(findings.map(({ mark }) => mark)).toEqual(['ok', 'ok', 'ok']);
  });

  it.each([
    ['ECONNREFUSED', 'nothing listens at this port (ECONNREFUSED)'],
    ['ENOTFOUND', 'the name of the host is unknown (ENOTFOUND)'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its TLS certificate is not trusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'its TLS certificate is not trusted'],
    ['EPROTO', 'does not speak TLS'],
    ['ECONNRESET', 'the connection was closed without a response'],
    ['ETIMEDOUT', 'the host cannot be reached'],
  ])('explains %s', async (code, words) => {
    const [finding, ...more] = await reach(() => {
      throw Object.assign(new Error('no'), { code });
    });
    expect(finding).toMatchObject({
      mark: 'down',
      next: expect.stringContaining('--target') as string,
    });
    expect(finding?.text).toContain(words);
    expect(more).toEqual([]);
  });

  it('suggests the right base URL', async () => {
    const findings = await checkReachability({
      ...{ ...common, url: 'http://target.test' },
      probeAt: probeAt((path) => (path.startsWith('/api/v1') ? answer(401, {}, {}) : undefined)),
    });
    expect(findingLines(findings)[1]).toMatch(
      /^wrong .*404.* Set --target to http:\/\/target.test\/api\/v1/,
    );
  });

  it('names the target of a redirect', async () => {
    const findings = await reach(() => answer(308, { location: 'https://target.test/api/v1' }));
    expect(findingLines(findings)[1]).toContain('redirects to https://target.test/api/v1');
  });

  it.each([
    ['Fri, 01 May 2026 12:00:04 GMT', 'ok', 'agrees'],
    ['Fri, 01 May 2026 12:01:30 GMT', 'warn', '90 s ahead of'],
    ['Fri, 01 May 2026 11:00:00 GMT', 'warn', '60 min behind'],
    ['', 'warn', 'sends no Date'],
  ])('compares the clock at %s', async (date, mark, words) => {
    const findings = await reach(() => answer(401, { date }));
    expect(findings[2]).toMatchObject({ mark, text: expect.stringContaining(words) as string });
  });
});
