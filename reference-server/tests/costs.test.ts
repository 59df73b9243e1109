import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { listContacts } from '../contacts/handlers.ts';
import { defaultFlows } from '../control/organizations.ts';
import { createDossier, listDossiers } from '../dossiers/handlers.ts';
import { addFlow } from '../flows/rules.ts';
import { createServices } from '../runtime/services.ts';
import { blockSize } from '../state/sequence.ts';
import {
  ask,
  contact,
  createListFixture,
  dossier,
  kinds,
  stages,
  statuses,
  types,
} from './list-fixture.ts';

describe('The cost of a page', () => {
  /** Rows that count how often they are read. */
  const counting = <Row extends { id: string }>(make: (id: string, row: number) => Row) => {
    const visited = new Set<string>();
    const rows = Array.from({ length: 5000 }, (_, row) => {
      const whole = make(`row-${row}`, row);
      return new Proxy(whole, {
        get: (target, name) => {
          if (name !== 'id') visited.add(target.id);
          return target[name as keyof Row];
        },
        ownKeys: (target) => {
          visited.add(target.id);
          return Reflect.ownKeys(target);
        },
      });
    });
    return { rows, visited };
  };

  it('is limited to its rows, for each combination of dossier filters, on early and late pages', () => {
    const fixture = createListFixture();
    const { rows, visited } = counting((id, row) =>
      dossier(id, {
        type: types[row % 2] ?? 'sales',
        status: statuses[(row >> 1) % 4] ?? 'won',
        current_stage_id: stages[(row >> 3) % 3] ?? 'first',
      }),
    );
    fixture.state.transact(() => {
      for (const row of rows) fixture.organization.dossiers.insert(row);
    });
    for (const type of [undefined, 'sales']) {
      for (const status of [undefined, 'won']) {
        for (const stage_id of [undefined, 'second']) {
          for (const page of [1, 8]) {
            visited.clear();
            const { data } = ask(listDossiers, fixture, { type, status, stage_id, page });
            expect(data.length).toBe(25);
            expect(visited.size).toBe(0);
          }
        }
      }
    }
  });

  it('is limited to its rows, for any kinds of contacts', () => {
    const fixture = createListFixture();
    const { rows, visited } = counting((id, row) =>
      contact(id, { kind: kinds.filter((_, bit) => ((row >> bit) & 1) === 1) }),
    );
    fixture.state.transact(() => {
      for (const row of rows) fixture.organization.contacts.insert(row);
    });
    for (const kind of [['partner'], ['candidate', 'client'], [...kinds]]) {
      for (const page of [1, 40]) {
        visited.clear();
        const { data } = ask(listContacts, fixture, { kind, page });
        expect([data.length, visited.size]).toEqual([25, 25]);
      }
    }
  });

  it('is limited to the contacts found, for a repeated search', () => {
    const fixture = createListFixture();
    const { rows, visited } = counting((id, row) =>
      contact(id, { full_name: row % 50 === 0 ? `Needle ${row}` : `Straw ${row}` }),
    );
    const { contacts } = fixture.organization;
    fixture.state.transact(() => {
      for (const row of rows) contacts.insert(row);
    });
    const found = () => {
      visited.clear();
      return ask(listContacts, fixture, { search: 'nEEdle' }).meta;
    };
    expect(found()).toMatchObject({ total: 100 });
    expect(found()).toMatchObject({ total: 100 });
    expect(visited.size).toBe(25);
    fixture.state.transact(() => {
      contacts.replace(contact('row-1', { full_name: 'Needle of late' }));
    });
    expect(found()).toMatchObject({ total: 101 });
    // Neighbouring rows are read again.
    expect(visited.size).toBeLessThan(blockSize + 25);
  });
});

describe('The memory of a dossier', () => {
  const collect = (): number => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    return process.memoryUsage().heapUsed;
  };

  it('is less than 2 KB, with its contact, their link and all indexes', () => {
    const { state, organization } = createListFixture();
    const services = createServices();
    state.transact(() => {
      for (const flow of defaultFlows) addFlow(organization, flow, services.newId);
    });
    const create = (number: number): void => {
      const body = {
        ...{ type: number % 2 === 0 ? 'candidate' : 'sales', name: `Sophie van Dijk ${number}` },
        ...{ email: `sophie.${number}@example.org`, phone: `+31 6 ${10_000_000 + number}` },
        ...{ company: `Company ${number % 99}`, role: 'Talent acquisition lead' },
        intake_notes: `Met at the meetup in spring, number ${number}; would like to hear of us.`,
      };
      state.transact(() =>
        createDossier({ ...services, body, files: new Map(), organization } as never),
      );
    };
    create(0);
    const before = collect();
    const amount = 5000;
    for (let number = 1; number <= amount; number += 1) create(number);
    expect((collect() - before) / amount).toBeLessThan(2048);
    expect(organization.links.rows.length).toBe(amount + 1);
  });
});
