import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockSize, Sequence, Union } from '../state/sequence.ts';
import { Table } from '../state/table.ts';
import { Journal } from '../state/transaction.ts';

interface Pet {
  readonly id: string;
  readonly kind: string;
  readonly tag?: string;
}

const createPets = () => {
  const journal = new Journal();
  const pets = new Table<Pet, 'kind' | 'tag'>({
    journal,
    name: 'pets',
    organizationId: 'org',
    indexes: { kind: { key: (pet) => pet.kind }, tag: { key: (pet) => pet.tag, unique: true } },
  });
  journal.transact(() => {
    pets.insert({ id: 'a', kind: 'cat', tag: '1' });
    pets.insert({ id: 'b', kind: 'dog' });
    pets.insert({ id: 'c', kind: 'cat' });
  });
  return { journal, pets };
};

const snapshot = (pets: Table<Pet, 'kind' | 'tag'>) => ({
  rows: [...pets.rows],
  cats: [...pets.by('kind', 'cat')],
  dogs: [...pets.by('kind', 'dog')],
  birds: [...pets.by('kind', 'bird')],
  tagged: [...pets.by('tag', '1')],
});

describe('A transaction', () => {
  it('undoes insertions, replacements and removals when its work throws, including order and indexes', () => {
    const { journal, pets } = createPets();
    const before = snapshot(pets);
    const work = () => {
      pets.remove('a');
      pets.insert({ id: 'd', kind: 'bird', tag: '1' });
      pets.replace({ id: 'b', kind: 'cat', tag: '2' });
      pets.replace({ id: 'b', kind: 'bird' });
      pets.remove('b');
      pets.insert({ id: 'a', kind: 'dog' });
      throw new Error('stop');
    };
    expect(() => journal.transact(work)).toThrow('stop');
    expect(snapshot(pets)).toEqual(before);
    expect(pets.get('d')).toBeUndefined();
  });

  it('keeps its changes when its work does not throw', () => {
    const { journal, pets } = createPets();
    journal.transact(() => {
      pets.remove('a');
      pets.insert({ id: 'd', kind: 'bird', tag: '1' });
      pets.replace({ id: 'b', kind: 'cat', tag: '2' });
    });
    expect([...pets.rows].map((pet) => pet.id)).toEqual(['b', 'c', 'd']);
    expect([...pets.by('kind', 'cat')].map((pet) => pet.id)).toEqual(['b', 'c']);
    expect(pets.by('kind', 'dog').length).toBe(0);
  });

  it('returns its changes in order, with the order of each row', () => {
    const { journal, pets } = createPets();
    const { result, changes } = journal.transact(() => {
      pets.replace({ id: 'b', kind: 'bird' });
      pets.remove('a');
      pets.insert({ id: 'd', kind: 'dog' });
      return 'done';
    });
    expect(result).toBe('done');
    const common = { table: 'pets', organizationId: 'org' };
    expect(changes).toEqual([
      { ...common, order: 2, before: { id: 'b', kind: 'dog' }, after: { id: 'b', kind: 'bird' } },
      { ...common, order: 1, before: { id: 'a', kind: 'cat', tag: '1' } },
      { ...common, order: 4, after: { id: 'd', kind: 'dog' } },
    ]);
  });

  it('has no changes when nothing was changed', () => {
    const { journal } = createPets();
    expect(journal.transact(() => 1)).toMatchObject({ result: 1, changes: [] });
    expect(journal.changes).toEqual([]);
  });

  it('is undone when its work is asynchronous', () => {
    const { journal, pets } = createPets();
    const work = () => {
      pets.remove('a');
      return Promise.resolve();
    };
    expect(() => journal.transact(work)).toThrow('must be synchronous');
    expect(pets.get('a')).toBeDefined();
  });

  it('cannot be nested; the outer one is undone', () => {
    const { journal, pets } = createPets();
    const work = () => {
      pets.remove('a');
      journal.transact(() => undefined);
    };
    expect(() => journal.transact(work)).toThrow('inside a transaction');
    expect(pets.get('a')).toBeDefined();
    expect(journal.transact(() => 'next').result).toBe('next');
  });
});

describe('A table', () => {
  it('refuses changes outside of a transaction and stays unchanged', () => {
    const { pets } = createPets();
    const before = snapshot(pets);
    expect(() => {
      pets.insert({ id: 'd', kind: 'cat' });
    }).toThrow('outside of a transaction');
    expect(() => {
      pets.replace({ id: 'a', kind: 'dog' });
    }).toThrow('outside of a transaction');
    expect(() => {
      pets.remove('a');
    }).toThrow('outside of a transaction');
    expect(snapshot(pets)).toEqual(before);
  });

  it('refuses an existing id, and an existing key of a unique index', () => {
    const { journal, pets } = createPets();
    const doing = (work: () => void) => () => journal.transact(work);
    const takenId = doing(() => {
      pets.insert({ id: 'a', kind: 'cat' });
    });
    const takenTag = doing(() => {
      pets.insert({ id: 'd', kind: 'cat', tag: '1' });
    });
    const takenByReplacing = doing(() => {
      pets.replace({ id: 'b', kind: 'cat', tag: '1' });
    });
    expect(takenId).toThrow('pets has a already');
    expect(takenTag).toThrow('pets has another row with this tag');
    expect(takenByReplacing).toThrow('pets has another row with this tag');
  });

  it('lets a row keep its own unique key, and change to an unused one', () => {
    const { journal, pets } = createPets();
    journal.transact(() => {
      pets.replace({ id: 'a', kind: 'dog', tag: '1' });
      pets.replace({ id: 'a', kind: 'dog', tag: '2' });
      pets.insert({ id: 'd', kind: 'cat', tag: '1' });
    });
    expect(pets.by('tag', '1').at(0)?.id).toBe('d');
    expect(pets.by('tag', '2').at(0)?.id).toBe('a');
  });

  it('refuses to replace or remove a missing row', () => {
    const { journal, pets } = createPets();
    const replacing = () =>
      journal.transact(() => {
        pets.replace({ id: 'x', kind: 'cat' });
      });
    const removing = () =>
      journal.transact(() => {
        pets.remove('x');
      });
    expect(replacing).toThrow('pets has no x');
    expect(removing).toThrow('pets has no x');
  });

  it('keeps the position of a replaced row', () => {
    const { journal, pets } = createPets();
    journal.transact(() => {
      pets.replace({ id: 'a', kind: 'dog' });
    });
    expect([...pets.rows].map((pet) => pet.id)).toEqual(['a', 'b', 'c']);
    expect([...pets.by('kind', 'dog')].map((pet) => pet.id)).toEqual(['a', 'b']);
  });
});

describe('A sequence', () => {
  it('stays in the order of creation while slots are added and removed', () => {
    const order = fc.integer({ min: 0, max: 5000 });
    const orders = fc.uniqueArray(order, { minLength: 2 * blockSize, maxLength: 4 * blockSize });
    fc.assert(
      fc.property(orders, fc.array(order), order, fc.nat(3), (added, removed, skip, share) => {
        const parts = [new Sequence<number>(), new Sequence<number>(), new Sequence<number>()];
        const slots = new Map(added.map((one) => [one, { order: one, row: one }]));
        const partOf = (one: number) => parts[one % (share === 0 ? 1 : 3)] as Sequence<number>;
        for (const slot of slots.values()) {
          partOf(slot.order).add(slot);
          partOf(slot.order).at(0);
        }
        for (const one of removed) {
          const slot = slots.get(one);
          if (slot && slots.delete(one)) partOf(one).remove(slot);
          partOf(one).at(-1);
        }
        const left = [...slots.keys()].sort((a, b) => a - b);
        for (const [index, part] of parts.entries()) {
          const own = left.filter((one) => partOf(one) === part);
          expect([...part], `part ${index}`).toEqual(own);
          expect(own.map((_, at) => part.at(at))).toEqual(own);
          expect([part.length, part.at(-1), part.at(own.length)]).toEqual([
            ...[own.length, own.at(-1), undefined],
          ]);
          expect(part.newest(skip, 700)).toEqual(own.toReversed().slice(skip, skip + 700));
        }
        const whole = new Union(parts);
        expect(whole.length).toBe(left.length);
        expect(whole.newest(skip, 700)).toEqual(left.toReversed().slice(skip, skip + 700));
      }),
      { numRuns: 40 },
    );
  });
});
