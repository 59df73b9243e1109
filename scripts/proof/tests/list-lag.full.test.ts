import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../conformance/report/report.ts';
import { startPlainServer } from '../plain-server/start.ts';
import { judge, named, of } from './run-with-keys.ts';

/** Rules that look for their own data in shared lists and counts. */
const rules = named(
  ...['dossiers/new-dossier', 'dossiers/company', 'contacts/creation'],
  ...['contacts/city', 'links/listing', 'links/one-primary', 'notes/content', 'notes/listing'],
);

describe('a target with one API key whose lists lag by 200 ms', () => {
  let server: Awaited<ReturnType<typeof startPlainServer>>;
  let report: Report;
  beforeAll(async () => {
    server = await startPlainServer({
      ...{ static: { dossiers: 40 }, listLag: 200, alternatives: { 'LG-GEN-053': 2 } },
      limit: { requests: 100_000, window_seconds: 3_600 },
    });
    report = await judge({ target: server.url }, { LEADGRID_KEY: server.keys.allScopes }, rules);
  });
  afterAll(() => server.close());

  it('is accused by no rule', () => {
    expect(of(report, 'failed')).toEqual([]);
    expect(of(report, 'error')).toEqual([]);
    expect(of(report, 'passed')).toEqual(rules.map(({ id }) => id));
  });

  it('is waited for, and the report says so', () => {
    expect(report.target.listsWaitedForMs).toBeGreaterThanOrEqual(200);
  });
});
