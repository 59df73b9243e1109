import type { EventType, OperationId } from '../../../openapi/contract.ts';
import { expectEvent, listenForEvents } from '../../assertions/events.ts';
import {
  type ClockReading,
  clockReadingOf,
  expectOneClock,
  serverClockOf,
  spanOf,
} from '../../assertions/timestamps.ts';
import { dataOf, pageOf } from '../../context/answers.ts';
import type { RuleContext } from '../../context/context.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onData } from '../../faults/inject.ts';
import { formOf } from '../../fixtures/forms.ts';
import { aCv } from '../../generators/files.ts';
import type { RawRequest } from '../../http/client.ts';
import type { Exchange } from '../../http/exchange.ts';

interface Dated {
  readonly id: string;
  readonly created_at?: string;
}

/** All are from one clock: first the creations, then with their Date headers, then with events. */
const expectSameClock = (
  { about, contract }: Pick<RuleContext, 'about' | 'contract'>,
  shown: readonly (ClockReading | undefined)[],
): void => {
  const known = shown.filter((one) => one !== undefined);
  const isOfEvent = ({ what }: ClockReading) => contract.events.some((type) => what.endsWith(type));
  const isHeader = ({ what }: ClockReading) => what.startsWith('the Date header');
  about('LG-GEN-056');
  expectOneClock(known.filter((one) => !isOfEvent(one) && !isHeader(one)));
  about('LG-GEN-057');
  expectOneClock(known.filter((one) => !isOfEvent(one)));
  about('LG-GEN-058');
  expectOneClock(known);
};

const oneClock = defineRule({
  id: 'tours/one-clock',
  level: 'MUST',
  verifies: ['LG-GEN-056', 'LG-GEN-057', 'LG-GEN-058'],
  sentence:
    'All times of creation, in responses, lists and events, and the Date headers are read from one clock.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const readings: (ClockReading | undefined)[] = [];
    const created = new Map<string, Exchange>();
    const read = (place: string, { id, created_at }: Dated): void => {
      const exchange = created.get(id);
      if (!exchange) return;
      readings.push(clockReadingOf(`created_at in ${place}`, created_at, spanOf(exchange)));
    };
    const create = async (operation: OperationId, request: RawRequest): Promise<string> => {
      const exchange = await org.all.send(operation, request);
      context.expect.success(exchange);
      const shown = dataOf(exchange.json) as Dated;
      created.set(shown.id, exchange);
      read(`the response of ${operation}`, shown);
      const moment = serverClockOf(exchange);
      const what = `the Date header of ${operation}`;
      if (!Number.isNaN(moment)) readings.push({ what, moment, ...spanOf(exchange) });
      return shown.id;
    };
    const listen = async (type: EventType, id: string): Promise<void> => {
      if (!inbox.types.includes(type)) return;
      const { event } = await expectEvent(inbox, type, id);
      read(type, { ...event, id } as Dated);
      read(`the data of ${type}`, { ...event?.data, id });
    };
    const id = await create('createDossier', { body: { type: 'sales', name: 'By JSON' } });
    const form = formOf({ type: 'candidate', name: 'By a form' }, aCv());
    const byForm = await create('createDossier', { body: form });
    await create('createContact', { body: { full_name: 'Noor Bakker' } });
    const note = await create('createDossierNote', { path: { id }, body: { content: 'Called.' } });
    for (const [operation, path] of [
      ['listDossiers', undefined],
      ['listContacts', undefined],
      ['listDossierNotes', { id }],
    ] as const) {
      const exchange = await org.all.send(operation, path ? { path } : {});
      context.expect.success(exchange);
      for (const shown of pageOf(exchange).items) read(operation, shown);
    }
    await listen('dossier.created', id);
    await listen('dossier.created', byForm);
    await listen('note.created', note);
    expectSameClock(context, readings);
  },
  // A server that dates contacts in local time.
  fault: onData(['createContact', 'listContacts'], (contact) => {
    const moment = Date.parse(String(contact['created_at'])) + 3_600_000;
    contact['created_at'] = new Date(moment).toISOString().replace(/\.\d+Z$/, 'Z');
  }),
});

export default [oneClock] satisfies readonly Rule[];
