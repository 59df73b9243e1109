import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { dossierTypes } from '../contract/resources.ts';
import { type FaultyProxy, startFaultyProxy } from '../faults/faulty-proxy.ts';
import { type Fault, onData, onResponse } from '../faults/inject.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callInProcess } from './call-command.ts';
import { provision } from './provision.ts';

const types = dossierTypes(readContract());

/** An organisation of the reference server in which a type has no default flow. */
const without = (missing: string): Fault =>
  onData(['listFlows'], (flow) => {
    if (flow['type'] === missing) flow['is_default'] = false;
  });

describe('an organisation without a default flow', { timeout: 120_000 }, () => {
  let folder: string;
  let server: EmbeddedServer;
  let proxy: FaultyProxy;
  let LEADGRID_KEY: string;
  let asked: { readonly method: string; readonly path: string; readonly withKey: boolean }[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'default-flows-'));
    server = await startReferenceServer();
    proxy = await startFaultyProxy(server.url);
    LEADGRID_KEY = await provision(server.controlUrl);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    asked = [];
  });

  const injectFault = (fault: Fault): void => {
    proxy.inject((fetch, name) => {
      const lying = fault(fetch, name);
      return (request, signal) => {
        const { method, url, headers } = request;
        const path = new URL(url).pathname.replace(/^.*\/v1/, '');
        const withKey = headers.get('authorization') === `Bearer ${LEADGRID_KEY}`;
        asked.push({ method, path, withKey });
        return lying(request, signal);
      };
    });
  };
  const target = () => ['--target', proxy.url];
  const rule = ['--only', 'dossiers/created-at', '--runs', '1'];
  const callCommand = (words: readonly string[]) => callInProcess(words, { LEADGRID_KEY });
  const describeTarget = (name: string, text: string): string[] => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return ['--config', file];
  };

  it.each(types)('for %s ends a run before anything is created there', async (missing) => {
    injectFault(without(missing));
    const { code, out, err } = await callCommand([...target(), ...rule]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(
      `The organisation of LEADGRID_KEY has no default flow for ${missing} dossiers, so none can ` +
        'be created without naming a flow. Make a flow of that type the default under Settings, ' +
        'or point the suite at another organisation.\n',
    );
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      ...['GET /dossiers', 'GET /dossiers', 'GET /contacts', 'GET /flows'],
      'GET /flows',
    ]);
  });

  it('is found after waiting for the rate limit', async () => {
    const lacking = without('sales');
    let limited = 0;
    injectFault((fetch, name) => {
      const lying = lacking(fetch, name);
      return (request, signal) => {
        if (limited > 1 || !request.url.includes('/flows')) return lying(request, signal);
        limited += 1;
        const error = { code: 'rate_limited', message: 'Later.' };
        const headers = { 'retry-after': '1' };
        return Promise.resolve(Response.json({ error }, { status: 429, headers }));
      };
    });
    const { code, err } = await callCommand([...target(), ...rule]);
    expect(code).toBe(2);
    expect(err).toContain('has no default flow for sales dossiers');
    const looks = ['/dossiers', '/dossiers', '/contacts', '/flows'];
    expect(asked.map(({ path }) => path)).toEqual([...looks, '/flows', '/flows']);
  });

  it('is not reported when the rate limit keeps the flows from being read', async () => {
    injectFault((fetch) => (request, signal) => {
      if (!request.url.includes('/flows')) return fetch(request, signal);
      const error = { code: 'rate_limited', message: 'Later.' };
      return Promise.resolve(Response.json({ error }, { status: 429 }));
    });
    const { err } = await callCommand([...target(), ...rule]);
    expect(err).toContain('Testing ');
  });

  it('ends a run with functions that create no organisations', async () => {
    injectFault(without('sales'));
    const functions = `{ createMember: () => 'nobody' }`;
    const text = `export default { target: '${proxy.url}', provision: ${functions} };`;
    const { code, err } = await callCommand([...describeTarget('functions.mjs', text), ...rule]);
    expect(code).toBe(2);
    expect(err).toContain('no default flow for sales dossiers');
  });

  it('is reported by doctor', async () => {
    injectFault(without('sales'));
    const { code, out } = await callCommand(['doctor', ...target()]);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'fail The organisation of LEADGRID_KEY has no default flow for sales dossiers',
    );
    expect(code).toBe(2);
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('does not matter in a read-only run', async () => {
    injectFault(without('sales'));
    const { err } = await callCommand([...target(), ...rule, '--read-only']);
    expect(err).toContain('Testing ');
    // Only the look at the target asks for them.
    expect(asked.filter(({ path }) => path === '/flows')).toHaveLength(1);
  });

  it('does not matter when organisations are created for the rules', async () => {
    injectFault(without('sales'));
    const { code, err } = await callCommand([...target(), '--control', server.controlUrl, ...rule]);
    expect(err).toContain('Testing ');
    expect(code).toBe(0);
  });

  it('does not matter when flows are omitted', async () => {
    injectFault(without('sales'));
    const omit = [{ operations: ['listFlows'], reason: 'Not built yet.' }];
    const words = describeTarget('omit.json', JSON.stringify({ target: proxy.url, omit }));
    const { err } = await callCommand([...words, ...rule]);
    expect(err).toContain('Testing ');
  });

  it.each<[string, Fault]>([
    ['has default flows', (fetch) => fetch],
    ['fails to list flows', onResponse(['listFlows'], (answer) => (answer.status = 500))],
    ['lists no is_default', onData(['listFlows'], (flow) => delete flow['is_default'])],
    [
      'does not respond',
      (fetch, name) => (request) =>
        name(request.method, request.url) === 'listFlows'
          ? Promise.reject(new Error('No answer.'))
          : fetch(request),
    ],
  ])('is not reported at a target that %s', async (_, fault) => {
    injectFault(fault);
    const { code, err } = await callCommand([...target(), ...rule]);
    expect(err).toContain('Testing ');
    expect(asked.filter(({ path, withKey }) => path === '/flows' && withKey)).not.toEqual([]);
    expect(asked.some(({ method }) => method === 'POST')).toBe(true);
    expect(code).toBe(0);
  });
});
