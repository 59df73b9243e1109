import { describe, expect, it } from 'vitest';
import { schemaAt } from '../../openapi/contract.ts';
import { makePdf } from '../playground/demo/candidates.ts';
import { handlers } from '../handlers.ts';
import { openDemo } from '../playground/demo/demo.ts';
import type { DemoKey } from '../playground/demo/organizations.ts';
import { createClock, createServices } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import { createState, type State } from '../state/state.ts';
import { snapshotState } from './database.ts';
import { contract } from './test-server.ts';

const now = '2026-05-04T08:30:00Z';

interface Installation {
  readonly state: State;
  readonly keys: readonly DemoKey[];
}

/** A new installation with demo data. */
const install = async (seed: number, time = now): Promise<Installation> => {
  const state = createState();
  const clock = createClock(() => Date.parse(time));
  const ground = { handlers, contract, state, services: { ...createServices(), clock } };
  const keys = await openDemo(ground, (work) => Promise.resolve(state.transact(work).result), seed);
  return { state, keys };
};

/** The enum values of a schema of the contract. */
const valuesOf = (schema: string): unknown[] =>
  schemaAt(contract, `#/components/schemas/${schema}`)['enum'] as unknown[];

const distinct = (values: Iterable<unknown>): unknown[] => [...new Set(values)];

const survey = (organization: Organization) => {
  const dossiers = [...organization.dossiers.rows];
  const contacts = [...organization.contacts.rows];
  const stages = [...organization.flows.rows].flatMap((flow) => flow.stages);
  return { dossiers, contacts, stages, notes: [...organization.notes.rows] };
};

describe('The demo data', () => {
  const seeds = [0, 1, 2, 3, 999_999_999_999_999];

  for (const seed of seeds) {
    it(`has every status, stage, kind and role with the seed ${seed}`, async () => {
      const { state } = await install(seed);
      const [first, second, free, ...others] = [...state.organizations.rows];
      if (!first || !second || !free) throw new Error('There are fewer than three organisations.');
      expect(others).toEqual([]);
      const { dossiers, contacts, stages, notes } = survey(first);
      expect(distinct(dossiers.map(({ type }) => type))).toHaveLength(2);
      expect(distinct(dossiers.map(({ status }) => status))).toHaveLength(
        valuesOf('DossierStatus').length,
      );
      const reached = new Set(dossiers.map((dossier) => dossier.current_stage_id));
      expect(stages.filter(({ id }) => !reached.has(id))).toEqual([]);
      expect(distinct(contacts.flatMap(({ kind }) => kind))).toHaveLength(
        valuesOf('ContactKind').length,
      );
      expect(distinct([...first.links.rows].map((link) => link.role_on_dossier))).toHaveLength(
        valuesOf('RoleOnDossier').length,
      );
      expect(distinct(notes.map((note) => note.is_internal))).toHaveLength(2);
      expect(distinct(dossiers.map((dossier) => dossier.deal_currency)).length).toBeGreaterThan(3);
      expect(distinct(dossiers.map((dossier) => dossier.cv_url === null))).toHaveLength(2);
      expect(distinct(dossiers.map((dossier) => dossier.assigned_to)).length).toBeGreaterThan(3);
      const today = Date.parse(now);
      expect(distinct([...first.poolWindows.rows].map(({ until }) => until > today))).toHaveLength(
        2,
      );
      expect(first.links.rows.length).toBeGreaterThan(dossiers.length);

      expect(survey(second).dossiers.length).toBeLessThan(dossiers.length);
      expect(second.flows.rows.length).toBeGreaterThan(first.flows.rows.length);
      const total = dossiers.length + survey(second).dossiers.length;
      expect([total >= 40, total <= 60, free.dossiers.rows.length]).toEqual([true, true, 0]);
    });

    it(`has times that follow each other and end before today, with the seed ${seed}`, async () => {
      const { state } = await install(seed);
      for (const organization of state.organizations.rows) {
        const { dossiers, contacts, notes } = survey(organization);
        for (const rows of [dossiers, contacts, notes]) {
          const times = rows.map((row) => row.created_at);
          expect(times.toSorted()).toEqual(times);
          const days = distinct(times.map((time) => time.slice(0, 10)));
          expect(days.length).toBeGreaterThanOrEqual(Math.min(rows.length, 12) / 2);
          expect(times.filter((time) => time < '2026-02-01' || time >= now.slice(0, 10))).toEqual(
            [],
          );
        }
      }
    });
  }

  it('is the same with the same seed', async () => {
    const [one, two] = [await install(7), await install(7)];
    expect(snapshotState(two.state)).toEqual(snapshotState(one.state));
    expect(two.keys).toEqual(one.keys);
  });

  it('has the same ids, names, texts and keys on another day, with later times', async () => {
    const [one, two] = [await install(7), await install(7, '2026-05-08T16:00:00Z')];
    const cut = ({ state }: Installation) =>
      [...state.organizations.rows].map((organization) => ({
        id: organization.id,
        dossiers: sortById([...organization.dossiers.rows]),
        contacts: sortById([...organization.contacts.rows]),
        notes: sortById([...organization.notes.rows]),
      }));
    expect(cut(two)).toEqual(cut(one));
    expect(two.keys).toEqual(one.keys);
    expect(snapshotState(two.state)).not.toEqual(snapshotState(one.state));
  });

  it('differs with another seed', async () => {
    const [one, two] = [await install(7), await install(8)];
    const ids = ({ state }: Installation) =>
      [...state.organizations.rows].flatMap(({ id, ...organization }) => [
        id,
        ...[...organization.dossiers.rows].map((dossier) => dossier.id),
        ...[...organization.contacts.rows].map((contact) => contact.id),
      ]);
    const names = ({ state }: Installation) =>
      [...state.organizations.rows].flatMap(({ contacts }) =>
        [...contacts.rows].map((contact) => contact.full_name),
      );
    const common = new Set(ids(one));
    expect(ids(two).filter((id) => common.has(id))).toEqual([]);
    expect(names(two)).not.toEqual(names(one));
    const keys = new Set(one.keys.map(({ key }) => key));
    expect(two.keys.filter(({ key }) => keys.has(key))).toEqual([]);
  });
});

const sortById = <Row extends { readonly id: string; readonly created_at: string }>(rows: Row[]) =>
  rows.map(({ created_at: _, ...row }) => row).sort((a, b) => (a.id < b.id ? -1 : 1));

describe('A CV of the demo data', () => {
  const text = makePdf(['Çağla (Yıldız) \\o/', '王']).toString('latin1');

  it('is a PDF with right offsets in its cross-reference table', () => {
    expect(text).toMatch(/^%PDF-1\.7\n[^]*%%EOF\n$/);
    const table = Number(/startxref\n(\d+)\n/.exec(text)?.[1]);
    expect(text.slice(table)).toMatch(/^xref\n0 6\n0{10} 65535 f \n/);
    const entries = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)];
    expect(entries).toHaveLength(5);
    for (const [index, [, offset]] of entries.entries()) {
      expect(text.slice(Number(offset))).toMatch(new RegExp(`^${index + 1} 0 obj`));
    }
  });

  it('has the right length of its text', () => {
    const [, length, content] = /<<\/Length (\d+)>>stream\n([^]*)\nendstream/.exec(text) ?? [];
    expect(content?.length).toBe(Number(length));
  });

  it('shows the characters of the font, and replaces others', () => {
    expect(text).toContain('(Çagla \\(Y?ld?z\\) \\\\o/) Tj');
    expect(text).toContain('(?) Tj');
  });
});
