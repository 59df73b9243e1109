import { createHmac } from 'node:crypto';
import { inEvents } from '../../bend/events.ts';
import { onAttempt, secretOf, signAnew, signatureHeader } from '../../bend/deliveries.ts';
import { fault, type Fault } from '../../fault.ts';

export const shapes: readonly Fault[] = [
  fault('webhooks/put', 'LG-WEB-002', 'puts its events', () => ({
    deliver: (send) => (url, init) => send(url, { ...init, method: 'PUT' }),
  })),
  fault('webhooks/deleted-by-delete', 'LG-WEB-002', 'tells deletions by DELETE', () => ({
    deliver: (send) => (url, init) =>
      send(
        url,
        (init?.body as string).includes('dossier.deleted') ? { ...init, method: 'DELETE' } : init,
      ),
  })),
  fault('webhooks/as-form', 'LG-WEB-003', 'announces its events as a form', () => ({
    deliver: onAttempt(({ headers, ...attempt }) => {
      const announced = new Headers(headers);
      announced.set('content-type', 'application/x-www-form-urlencoded');
      return [{ ...attempt, headers: announced }];
    }),
  })),
  fault(
    'webhooks/latin-bytes',
    'LG-WEB-003',
    'sends the letters that Latin-1 has as single bytes',
    (ground) => ({
      deliver: (send) => (url, init) => {
        const text = init?.body as string;
        if (!/[\u0080-\u00ff]/.test(text)) return send(url, init);
        const letters = Array.from(text, (one) =>
          Buffer.from(one, one <= '\u00ff' ? 'latin1' : 'utf8'),
        );
        const body = Buffer.concat(letters);
        const headers = new Headers(init?.headers);
        const [, t = ''] = /t=(\d+)/.exec(headers.get(signatureHeader) ?? '') ?? [];
        const secret = secretOf(ground, url instanceof Request ? url.url : String(url));
        const v1 = createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
        headers.set(signatureHeader, `t=${t},v1=${v1}`);
        return send(url, { ...init, headers, body });
      },
    }),
  ),
  fault('webhooks/text-for-notes', 'LG-WEB-003', 'announces new notes as text', () => ({
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
  fault(
    'webhooks/data-before-the-move',
    'LG-WEB-017',
    'tells the stage and status before the move',
    (ground) => {
      const before = new Map<string, unknown>();
      return {
        handlers: {
          updateDossier: (asked) => {
            const dossier = asked.organization.dossiers.get(asked.params.id);
            before.set(asked.params.id, dossier?.current_stage_id);
            return ground.own.updateDossier(asked);
          },
        },
        deliver: onAttempt((attempt) => {
          const event = JSON.parse(attempt.body) as { type: string; data: Record<string, unknown> };
          if (event.type !== 'dossier.stage_changed') return [attempt];
          event.data['current_stage_id'] = before.get(String(event.data['id']));
          return [signAnew(ground, { ...attempt, body: JSON.stringify(event) })];
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
