import { describe, expect, it } from 'vitest';
import { Nonconformity } from '../context/expectations.ts';
import { expectCount, expectNotes, expectPrimaries } from '../model/checks.ts';
import { belongsToList, expectMembers } from '../model/lists.ts';
import {
  contactCreated,
  contactDeleted,
  contactUpdated,
  dossierCreated,
  dossierUpdated,
  linked,
  reasonsAgainst,
  unlinked,
} from '../model/oracle-changes.ts';
import { createOracle, type DossierFacts, type Oracle } from '../model/oracle.ts';

const champion = { role: 'champion', primary: false };
const primary = { role: 'primary', primary: true };

const open = (decided = false): { oracle: Oracle; dossier: DossierFacts } => {
  const oracle = createOracle(decided);
  for (const id of ['noor', 'iris', 'sanne']) contactCreated(oracle, id, { full_name: id });
  const draft = { type: 'sales', name: 'Tulp' };
  const stages = ['lead', 'deal'];
  const dossier = dossierCreated(oracle, { id: 'd', draft, stages, stage: 'lead', cv: false });
  return { oracle, dossier };
};

const placesOf = ({ links }: DossierFacts) =>
  Object.fromEntries([...links].map(([id, link]) => [id, link.primary]));

describe('the oracle on links', () => {
  it('makes the contact that was linked as primary last the primary one', () => {
    const { oracle, dossier } = open();
    linked(oracle, dossier, 'noor', primary);
    linked(oracle, dossier, 'iris', champion);
    linked(oracle, dossier, 'sanne', primary);
    expect(placesOf(dossier)).toEqual({ noor: false, iris: false, sanne: true });
    // Which role the former primary contact gets is a decision.
    expect(dossier.links.get('noor')?.role).toBeUndefined();
    expect(dossier.links.get('iris')?.role).toBe('champion');
  });

  it('leaves open who succeeds a primary contact, unless decisions count', () => {
    for (const decided of [false, true]) {
      const { oracle, dossier } = open(decided);
      linked(oracle, dossier, 'noor', primary);
      linked(oracle, dossier, 'iris', champion);
      unlinked(oracle, dossier, 'noor');
      expect(placesOf(dossier)).toEqual({ iris: decided ? false : undefined });
    }
  });

  it('compares a response with earlier ones', () => {
    const { oracle, dossier } = open();
    linked(oracle, dossier, 'noor', champion);
    const shown = (is_primary: boolean) => [
      { contact_id: 'noor', full_name: 'noor', role_on_dossier: 'champion' as const, is_primary },
    ];
    expectPrimaries(dossier, shown(true));
    expect(() => {
      expectPrimaries(dossier, shown(false));
    }).toThrow(Nonconformity);
  });

  it('unlinks a deleted contact from every dossier', () => {
    const { oracle, dossier } = open();
    linked(oracle, dossier, 'noor', champion);
    contactDeleted(oracle, 'noor');
    expect([...dossier.links.keys()]).toEqual([]);
    expect(oracle.deleted).toEqual(['noor']);
  });
});

describe('the oracle on counts', () => {
  it('lets archived dossiers count or not, but always in the same way', () => {
    for (const counts of [true, false]) {
      const { oracle, dossier } = open();
      linked(oracle, dossier, 'noor', champion);
      expectCount(oracle, 'noor', 1);
      dossierUpdated(oracle, dossier, { status: 'archived' });
      expectCount(oracle, 'noor', counts ? 1 : 0);
      expect(() => {
        expectCount(oracle, 'noor', counts ? 0 : 1);
      }).toThrow(Nonconformity);
    }
  });

  it('accepts no other number', () => {
    const { oracle } = open();
    for (const wrong of [1, -1, '0', null, undefined]) {
      expect(() => {
        expectCount(oracle, 'noor', wrong);
      }).toThrow(Nonconformity);
    }
  });
});

describe('the oracle on updates', () => {
  it('expects that a status never changes the stage', () => {
    const { oracle, dossier } = open();
    for (const status of ['archived', 'active', 'won', 'lost']) {
      dossierUpdated(oracle, dossier, { status });
      expect(dossier.facts.get('current_stage_id')).toBe('lead');
    }
  });

  it('allows refusals for an archived dossier until it is restored', () => {
    const { oracle, dossier } = open();
    expect(reasonsAgainst(oracle, dossier, { name: 'Other' })).toEqual([]);
    dossierUpdated(oracle, dossier, { status: 'archived' });
    expect(reasonsAgainst(oracle, dossier, { name: 'Other' })).toContain('LG-DOS-100');
    expect(reasonsAgainst(oracle, dossier, { status: 'active' })).toEqual([]);
  });

  it('leaves open which fields a dossier shares with its contact', () => {
    const { oracle, dossier } = open();
    linked(oracle, dossier, 'noor', primary);
    dossierUpdated(oracle, dossier, { company: 'Tulp' });
    contactUpdated(oracle, 'noor', { company: 'Roos', city: 'Delft' });
    expect(dossier.facts.has('company')).toBe(false);
    expect(oracle.contacts.get('noor')?.get('company')).toBe('Roos');
  });
});

describe('the oracle on lists', () => {
  it('lets an archived dossier be in a list without a status, or not', () => {
    const { oracle, dossier } = open();
    expect(belongsToList(dossier, { type: 'candidate' }, false)).toBe(false);
    expect(belongsToList(dossier, { stage_id: 'lead' }, false)).toBe(true);
    dossierUpdated(oracle, dossier, { status: 'archived' });
    expect(belongsToList(dossier, {}, false)).toBeUndefined();
    expect(belongsToList(dossier, { status: 'archived' }, false)).toBe(true);
    expect(belongsToList(dossier, { status: 'active' }, false)).toBe(false);
  });

  it('finds missing, foreign, duplicate, unknown and miscounted items', () => {
    const known = new Map([
      ['in', true],
      ['open', undefined],
      ['out', false],
    ]);
    const judge = (ids: string[], total = ids.length, others = 0) => {
      expectMembers({ ids, total }, known, { list: 'the list' }, others);
    };
    judge(['in']);
    judge(['in', 'open', 'stray'], 3, 1);
    for (const wrong of [['open'], ['in', 'out'], ['in', 'in'], ['in', 'stray']]) {
      expect(() => {
        judge(wrong);
      }).toThrow(Nonconformity);
    }
    expect(() => {
      judge(['in'], 2);
    }).toThrow(Nonconformity);
  });

  it('expects notes in order of creation, except at the same time', () => {
    const { dossier } = open();
    for (const id of ['one', 'two']) dossier.notes.push({ id, content: id, is_internal: true });
    const note = (id: string, second: string) => ({
      ...{ id, dossier_id: 'd', content: id, is_internal: true },
      created_at: `2026-05-04T08:30:${second}Z`,
    });
    expectNotes(dossier, [note('one', '01'), note('two', '02')]);
    expectNotes(dossier, [note('two', '01'), note('one', '01')]);
    for (const wrong of [
      [note('two', '01'), note('one', '02')],
      [note('two', '02'), note('one', '01')],
    ]) {
      expect(() => {
        expectNotes(dossier, wrong);
      }).toThrow(Nonconformity);
    }
  });
});
