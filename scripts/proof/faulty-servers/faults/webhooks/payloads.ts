import { createHmac } from 'node:crypto';
import { type FaultyServer, faultyServer } from '../../faulty-server.ts';
import {
  inEvents,
  onAttempt,
  secretOf,
  sendExtraRequest,
  sendUnknownEvent,
  signAgain,
  signatureHeader,
  signedJson,
} from '../../inject/deliveries.ts';

export const payloadFaults: readonly FaultyServer[] = [
  faultyServer('webhooks/put', 'LG-WEB-002', 'puts its events', () => ({
    deliver: (send) => (url, init) => send(url, { ...init, method: 'PUT' }),
  })),
  faultyServer('webhooks/deleted-by-delete', 'LG-WEB-002', 'tells deletions by DELETE', () => ({
    deliver: (send) => (url, init) =>
      send(
        url,
        (init?.body as string).includes('dossier.deleted') ? { ...init, method: 'DELETE' } : init,
      ),
  })),
  faultyServer('webhooks/as-form', 'LG-WEB-003', 'announces its events as a form', () => ({
    deliver: onAttempt(({ headers, ...attempt }) => {
      const announced = new Headers(headers);
      announced.set('content-type', 'application/x-www-form-urlencoded');
      return [{ ...attempt, headers: announced }];
    }),
  })),
  faultyServer(
    'webhooks/latin-bytes',
    'LG-WEB-003',
    'sends the letters that Latin-1 has as single bytes',
    (internals) => ({
      deliver: (send) => (url, init) => {
        const text = init?.body as string;
        if (!/[\u0080-\u00ff]/.test(text)) return send(url, init);
        const letters = Array.from(text, (one) =>
          Buffer.from(one, one <= '\u00ff' ? 'latin1' : 'utf8'),
        );
        const body = Buffer.concat(letters);
        const headers = new Headers(init?.headers);
        const [, t = ''] = /t=(\d+)/.exec(headers.get(signatureHeader) ?? '') ?? [];
        const secret = secretOf(internals, url instanceof Request ? url.url : String(url));
        const v1 = createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
        headers.set(signatureHeader, `t=${t},v1=${v1}`);
        return send(url, { ...init, headers, body });
      },
    }),
  ),
  faultyServer('webhooks/text-for-notes', 'LG-WEB-003', 'announces new notes as text', () => ({
    deliver: onAttempt(({ headers, ...attempt }) => {
      const announced = new Headers(headers);
      if (attempt.body.includes('note.created')) announced.set('content-type', 'text/plain');
      return [{ ...attempt, headers: announced }];
    }),
  })),
  inEvents('webhooks/bare-ids', 'LG-WEB-004', 'gives its events bare ids', (event) => ({
    ...event,
    id: event.id.replace('evt_', ''),
  })),
  inEvents(
    'webhooks/note-ids',
    'LG-WEB-004',
    'gives the events of notes ids of their own',
    (event) => ({
      ...event,
      id: event.type === 'note.created' ? event.id.replace('evt_', 'note_evt_') : event.id,
    }),
  ),
  inEvents(
    'webhooks/dots-to-underscores',
    'LG-WEB-006',
    'spells the types of events its own way',
    (event) => ({
      ...event,
      type: event.type.replace('.', '_'),
    }),
  ),
  inEvents(
    'webhooks/stage-in-type',
    'LG-WEB-006',
    'names a move and an update as one type',
    (event) => ({
      ...event,
      type: event.type === 'dossier.stage_changed' ? 'dossier.updated' : event.type,
    }),
  ),
  inEvents('webhooks/seconds', 'LG-WEB-007', 'tells the moment of an event in seconds', (event) =>
    Object.assign(event, { created_at: Date.parse(event.created_at) / 1000 }),
  ),
  inEvents(
    'webhooks/local-moment-of-deletion',
    'LG-WEB-007',
    'tells in local time when a dossier was deleted',
    (event) =>
      event.type === 'dossier.deleted'
        ? { ...event, created_at: event.created_at.replace('Z', '+01:00') }
        : event,
  ),
  inEvents(
    'webhooks/about-the-dossier',
    'LG-WEB-009',
    'has the dossier for the subject of a note',
    (event) => {
      if (event.type === 'note.created') event.data['id'] = event.data['dossier_id'];
      return event;
    },
  ),
  inEvents(
    'webhooks/nothing-of-the-deleted',
    'LG-WEB-009',
    'has no data about what is gone',
    (event) => ({
      ...event,
      data: event.type === 'dossier.deleted' ? { status: 'archived' } : event.data,
    }),
  ),
  inEvents(
    'webhooks/stage-before',
    'LG-WEB-017',
    'tells the stage that a dossier has left',
    (event) => {
      if (event.type === 'dossier.stage_changed')
        event.data['current_stage_id'] = event.data['flow_id'];
      return event;
    },
  ),
  inEvents(
    'webhooks/move-without-status',
    'LG-WEB-017',
    'tells no status of what has moved',
    (event) => {
      if (event.type === 'dossier.stage_changed') delete event.data['status'];
      return event;
    },
  ),
  faultyServer(
    'webhooks/data-before-the-move',
    'LG-WEB-017',
    'tells the stage and status before the move',
    (internals) => {
      const before = new Map<string, unknown>();
      return {
        handlers: {
          updateDossier: (call) => {
            const dossier = call.organization.dossiers.get(call.params.id);
            before.set(call.params.id, dossier?.current_stage_id);
            return internals.own.updateDossier(call);
          },
        },
        deliver: onAttempt((attempt) => {
          const event = JSON.parse(attempt.body) as { type: string; data: Record<string, unknown> };
          if (event.type !== 'dossier.stage_changed') return [attempt];
          event.data['current_stage_id'] = before.get(String(event.data['id']));
          return [signAgain(internals, { ...attempt, body: JSON.stringify(event) })];
        }),
      };
    },
  ),
  inEvents(
    'webhooks/status-of-the-move',
    'LG-WEB-017',
    'tells every dossier active that has moved together with its status',
    (event) => {
      if (event.type === 'dossier.stage_changed') event.data['status'] = 'active';
      return event;
    },
  ),
];

/** Correct events, each followed by a request that isn't an event. */
export const extraRequestFaults: readonly FaultyServer[] = [
  sendExtraRequest(
    'webhooks/visits-along',
    'LG-WEB-002',
    'looks by GET whether the endpoint is there, beside each event',
    (_, secret) => ({ method: 'GET', headers: signedJson(secret, '') }),
  ),
  sendExtraRequest(
    'webhooks/bytes-along',
    'LG-WEB-003',
    'sends bytes that are no UTF-8 beside each event, rightly signed',
    (_, secret) => {
      const body = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
      return { body, headers: signedJson(secret, body) };
    },
  ),
  sendExtraRequest(
    'webhooks/halves-along',
    'LG-WEB-003',
    'sends the first half of each event once more, rightly signed',
    ({ body: whole }, secret) => {
      const body = whole.slice(0, whole.length / 2);
      return { body, headers: signedJson(secret, body) };
    },
  ),
  sendExtraRequest(
    'webhooks/brackets-along',
    'LG-WEB-003',
    'sends brackets as text/html beside each event, rightly signed',
    (_, secret) => {
      const body = '[[[[';
      return { body, headers: { ...signedJson(secret, body), 'content-type': 'text/html' } };
    },
  ),
  sendExtraRequest(
    'webhooks/arrays-along',
    'LG-WEB-003',
    'sends each event once more in an array, rightly signed',
    ({ body: event }, secret) => {
      const body = `[${event}]`;
      return { body, headers: signedJson(secret, body) };
    },
  ),
  sendExtraRequest(
    'webhooks/halves-later',
    'LG-WEB-003',
    'sends the first half of each event once more, a moment later',
    ({ body: whole }, secret) => {
      const body = whole.slice(0, whole.length / 2);
      return { body, headers: signedJson(secret, body) };
    },
    100,
  ),
  sendUnknownEvent('webhooks/pings-with-numbers', 'LG-WEB-004', 'numbers its pings', {
    event: { id: '1' },
  }),
  sendUnknownEvent('webhooks/pings-without-type', 'LG-WEB-006', 'sends pings without a type', {
    event: { type: undefined },
  }),
  sendUnknownEvent('webhooks/pings-in-seconds', 'LG-WEB-007', 'dates its pings in seconds', {
    event: { created_at: 1_776_254_650 },
  }),
  sendUnknownEvent('webhooks/pings-about-nothing', 'LG-WEB-009', 'sends pings with null as data', {
    event: { data: null },
  }),
  sendUnknownEvent('webhooks/updates-of-nobody', 'LG-WEB-009', 'sends updates of no dossier', {
    event: { type: 'dossier.updated', data: { dossiers: 2 } },
  }),
];
