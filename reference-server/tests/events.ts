import { beforeEach } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import type { Dossier, Lab, TestOrganization } from './lab.ts';
import { addEndpoint, type Received, type Receiver } from './receiver.ts';

/** An organisation with an endpoint, new for each test. */
export interface Sender {
  readonly own: TestOrganization;
  /** The stages of its sales flow. */
  readonly stages: readonly Schemas['Stage'][];
  /** Sends a request, and gives the data that it answers. */
  readonly call: <Data = Dossier>(method: string, path: string, json?: unknown) => Promise<Data>;
  readonly create: (fields?: object) => Promise<Dossier>;
  /** The events that work causes, in their order. */
  readonly eventsOf: (work: () => Promise<unknown>) => Promise<Received['event'][]>;
  readonly typesOf: (work: () => Promise<unknown>) => Promise<string[]>;
}

/** A sender for the tests of a file, which deliver to the receiver. */
export const useSender = (lab: Lab, receiver: Receiver): Sender => {
  const call: Sender['call'] = async (method, path, json) => {
    const { key } = sender.own;
    return (await lab.call<never>(method, path, json === undefined ? { key } : { key, json })).body
      .data;
  };
  const create: Sender['create'] = (fields = {}) =>
    call('POST', '/dossiers', { type: 'sales', name: 'KLM, Cabin crew hiring', ...fields });

  /** All events that were received, the last of them about this dossier. */
  const receivedUntil = async (id: string) => {
    for (let count = 1; ; count += 1) {
      const events = (await receiver.until(count)).slice(0, count).map(({ event }) => event);
      if (events.at(-1)?.data['id'] === id) return events;
    }
  };

  // Events of an organisation come in the order of their causes, so a dossier before the work and
  // one after it tell when all events of the work are here.
  const eventsOf: Sender['eventsOf'] = async (work) => {
    const before = await create();
    await receivedUntil(before.id);
    await work();
    const after = await create();
    const events = await receivedUntil(after.id);
    return events.slice(events.findIndex(({ data }) => data['id'] === before.id) + 1, -1);
  };

  const typesOf: Sender['typesOf'] = async (work) => (await eventsOf(work)).map(({ type }) => type);
  const sender = { call, create, eventsOf, typesOf } as {
    -readonly [Key in keyof Sender]: Sender[Key];
  };

  beforeEach(async () => {
    sender.own = await lab.organization();
    await addEndpoint(lab, sender.own.id, receiver.url);
    const path = '/flows?type=sales';
    const [flow] = (await lab.call<Schemas['Flow'][]>('GET', path, sender.own)).body.data;
    sender.stages = flow?.stages ?? [];
  });
  return sender;
};
