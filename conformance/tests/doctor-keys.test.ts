import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { exitCodeOfFindings } from '../doctor/findings.ts';
import { checkKeys } from '../doctor/keys.ts';
import { createProbe } from '../doctor/probe.ts';
import { asSend } from '../http/web-classes.ts';
import { answer, type Answers, noon, probeAt, findingLines } from './fake-probe.ts';

const contract = readContract();
const url = 'http://target.test/api/v1';

describe('the check of keys', () => {
  const scopesOf: Readonly<Record<string, readonly string[]>> = {
    all: contract.scopes,
    flows: ['flows:read'],
    second: contract.scopes,
  };
  const plain: Answers = (path, key = '') => {
    if (key === 'expired') return answer(401);
    if (key === 'free') return answer(402);
    const held = scopesOf[key];
    if (!held) return answer(401);
    const area = path.includes('notes') ? 'notes' : path.split('/')[3];
    if (!held.includes(`${String(area)}:read`)) return answer(403);
    if (path.endsWith('/dossiers/d1') && key === 'second') return answer(404);
    return answer(200, {}, { data: [{ id: 'd1' }] });
  };
  const look = (keys: object, answers = plain) =>
    checkKeys({
      ...{ contract, variables: { allScopes: 'LEADGRID_KEY' } },
      keys: { key: 'all', ...keys },
      probe: probeAt(answers)(url),
    });

  it('tries every scope that a read needs', async () => {
    const [finding] = await look({});
    const { mark, text = '' } = finding ?? {};
    expect(mark).toBe('ok');
    const [tried, untried] = text.split('(not tried:');
    for (const scope of contract.scopes) {
      expect(scope.endsWith(':read') ? tried : untried).toContain(scope);
    }
  });

  it('accepts keys that are as described', async () => {
    const scoped = [{ scopes: ['flows:read'], key: 'flows' }];
    const findings = await look({ scoped, expired: 'expired', freePlan: 'free', second: 'second' });
    expect(findings.map(({ mark }) => mark)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it.each([
    ['an unknown key', { key: 'nobody' }, 'wrong LEADGRID_KEY is refused (401)'],
    ['a key that lacks a scope', { key: 'flows' }, 'wrong LEADGRID_KEY is refused (403)'],
    [
      'a key with other scopes',
      { scoped: [{ scopes: ['notes:read'], key: 'flows' }] },
      'flows:read gets 200',
    ],
    [
      'an expired key that is let in',
      { expired: 'all' },
      'gets 200; an expired key should get 401',
    ],
    ['a Pro key that is let in', { proPlan: 'all' }, 'gets 200; a key on the Pro plan'],
    ['a second key of the same organisation', { second: 'all' }, 'reads a dossier of the first'],
  ])('notices %s', async (_, keys, words) => {
    const findings = await look(keys);
    expect(findingLines(findings).join('\n')).toContain(words);
    expect(exitCodeOfFindings(findings)).toBe(2);
  });

  it('does not take a rate limit for a wrong key', async () => {
    const keys = { scoped: [{ scopes: ['flows:read'], key: 'flows' }], expired: 'expired' };
    const more = { ...keys, freePlan: 'free', second: 'second' };
    for (const limited of ['all', 'flows', 'expired', 'free', 'second']) {
      // The first read succeeds; the following ones are refused.
      let asked = 0;
      const findings = await look(more, (path, key) => {
        asked += key === limited ? 1 : 0;
        const later = asked > 1 || !['all', 'second'].includes(limited);
        return key === limited && later ? answer(429) : plain(path, key);
      });
      expect(findings.map(({ mark }) => mark).filter((mark) => mark !== 'ok')).toEqual(['warn']);
      expect(findingLines(findings).join('\n')).toContain('is refused (429)');
    }
  });

  it('sends only GET', async () => {
    const methods = new Set<string>();
    const probe = createProbe(
      url,
      {
        now: () => noon,
        send: asSend((request) => {
          methods.add(request.method);
          return Promise.resolve(answer(200, {}, { data: [{ id: 'd1' }] }));
        }),
      },
      1_000,
      new AbortController().signal,
    );
    await checkKeys({
      contract,
      variables: {},
      keys: { key: 'a', expired: 'b', second: 'c' },
      probe,
    });
    expect([...methods]).toEqual(['GET']);
  });
});
