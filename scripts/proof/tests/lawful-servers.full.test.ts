import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, onData } from '../../../conformance/faults/inject.ts';
import { type Harness, openHarness } from '../harness/harness.ts';
import { startPlainServer } from '../plain-server/start.ts';
import { harnessOptions } from '../variants/run.ts';
import { startVariant } from '../variants/start.ts';
import { judge, named, of } from './run-with-keys.ts';

const refuse = (status: number, code: string): Response =>
  Response.json({ error: { code, message: 'The request is refused.' } }, { status });

/** Refuses JSON bodies in which a field has a value that this server considers invalid. */
const refuseValues =
  (field: string, isNone: (text: string) => boolean): Fault =>
  (fetch) =>
  async (request, signal) => {
    const isJson = request.headers.get('content-type') === 'application/json';
    const body: unknown =
      isJson &&
      (await request
        .clone()
        .json()
        .catch(() => undefined));
    const { [field]: value } = (body || {}) as Record<string, unknown>;
    return typeof value === 'string' && isNone(value)
      ? refuse(400, 'invalid_body')
      : fetch(request, signal);
  };

/** Refuses more than 64 characters before the @ (RFC 5321, section 4.5.3.1.1). */
const shortLocalParts = refuseValues('email', (email) => email.indexOf('@') > 64);

/** Refuses unassigned Dutch mobile numbers: the 6 is followed by 1 to 5 or 8, and 66 is for pagers. */
const realNumbers = refuseValues('phone', (phone) => /^\+316[079]/.test(phone));

/** Returns another signed URL each time a CV is shown. */
const signedAddresses: Fault = (fetch, name) => {
  let shown = 0;
  const operations = ['createDossier', 'getDossier', 'listDossiers', 'uploadDossierCv'] as const;
  return onData([...operations], (dossier) => {
    if (dossier['cv_url'])
      dossier['cv_url'] = `https://files.example.com/cv?signed=${(shown += 1)}`;
  })(fetch, name);
};

/** Refuses with 409 to link a contact that is being deleted. */
const locking: Fault = (fetch, name) => {
  const beingDeleted = new Set<string>();
  return async (request, signal) => {
    const operation = name(request.method, request.url);
    if (operation === 'deleteContact') {
      beingDeleted.add(new URL(request.url).pathname.split('/').at(-1) ?? '');
      await sleep(20);
    }
    if (operation !== 'linkDossierContact') return fetch(request, signal);
    const { contact_id } = (await request.clone().json()) as { contact_id: string };
    await sleep(10);
    return beingDeleted.has(contact_id) ? refuse(409, 'conflict') : fetch(request, signal);
  };
};

/** Refuses an update with 409 if another one was made meanwhile; it can be repeated. */
const optimistic: Fault = (fetch, name) => {
  const versions = new Map<string, number>();
  const writes: readonly unknown[] = ['updateDossier', 'updateContact', 'uploadDossierCv'];
  return async (request, signal) => {
    if (!writes.includes(name(request.method, request.url))) return fetch(request, signal);
    const [row = ''] = /(dossiers|contacts)\/[^/]+/.exec(request.url) ?? [];
    const version = versions.get(row) ?? 0;
    await sleep(10);
    if ((versions.get(row) ?? 0) !== version) return refuse(409, 'conflict');
    versions.set(row, version + 1);
    return fetch(request, signal);
  };
};

/** A gateway before the server, which refuses invalid URLs in HTML. */
const gateway: Fault = (fetch) => (request, signal) => {
  if (!/%(?![0-9a-f]{2})/i.test(request.url)) return fetch(request, signal);
  const headers = { 'content-type': 'text/html' };
  return Promise.resolve(new Response('<h1>400 Bad Request</h1>', { status: 400, headers }));
};

/** Shows an empty string in place of null. */
const emptyTexts = onData(['createContact', 'getContact', 'listDossierContacts'], (person) => {
  for (const name of ['email', 'company']) person[name] ??= '';
});

/** Numbers stages by fractions, like lists that are sorted by hand. */
const fractionalPositions: Fault = onData(['listFlows', 'listFlowStages'], (item) => {
  for (const stage of [item, ...((item['stages'] ?? []) as Record<string, unknown>[])])
    if (typeof stage['position'] === 'number') stage['position'] += 0.5;
});

/** Lawful servers that rules once accused, and these rules. */
const lawfulServers: readonly (readonly [string, Fault, readonly string[]])[] = [
  [
    'refuses all but one of simultaneous changes',
    optimistic,
    ['changes/parallel', 'contacts/parallel-changes', 'concurrency/uploads'],
  ],
  [
    'refuses addresses with more than 64 characters before the @',
    shortLocalParts,
    ['contacts/changed-to-duplicate', 'contacts/given-up-address'],
  ],
  [
    'refuses phone numbers that cannot exist',
    realNumbers,
    ['contacts/phone', 'contacts/search-nowhere-else'],
  ],
  ['returns another signed URL each time it shows a CV', signedAddresses, ['cv/creation']],
  ['locks a contact that is being deleted', locking, ['concurrency/deletion-beside-linking']],
  [
    'numbers stages by fractions',
    fractionalPositions,
    ['ambient/success-body', 'flows/nested-stages', 'flows/same-stages', 'flows/many-stages'],
  ],
  [
    'shows an empty string in place of null',
    emptyTexts,
    ['contacts/without-email', 'links/person'],
  ],
  [
    'has a gateway that refuses invalid URLs',
    gateway,
    [
      'ambient/error-body',
      'ambient/json-body',
      'requests/broken-escape',
      'authentication/missing-key',
    ],
  ],
];

describe('a lawful server', { timeout: 120_000 }, () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await openHarness(harnessOptions);
  });
  afterAll(() => harness.close());

  it.each(lawfulServers)('that %s is accused by no rule', async (_, wire, ids) => {
    const subject = await startVariant({ server: 'reference', wrappings: [() => ({ wire })] });
    const rules = named(...ids);
    const { outcomes } = await harness.judge(subject, { rules, seed: 1, runs: 20 });
    const musts = outcomes.filter(({ level }) => level === 'MUST');
    expect(rules).toHaveLength(ids.length);
    for (const { id, outcome, reason } of musts)
      expect([id, outcome, reason]).toEqual([id, 'passed', undefined]);
  });

  it('that returns the first dossier for a repeated creation is accused by no rule', async () => {
    const some = named('pagination/full-pages', 'pagination/maximum');
    const { url, keys, close } = await startPlainServer({
      static: {},
      alternatives: { 'LG-DOS-032': 1 },
      limit: { requests: 100_000, window_seconds: 3_600 },
    });
    const report = await judge({ target: url }, { LEADGRID_KEY: keys.allScopes }, some);
    await close();
    expect(of(report, 'failed')).toEqual([]);
    expect(of(report, 'passed')).toEqual(some.map(({ id }) => id));
  });
});
