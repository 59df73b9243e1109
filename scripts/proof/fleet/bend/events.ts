import { isDeepStrictEqual } from 'node:util';
import type { EventType, OperationId } from '../../../../openapi/contract.ts';
import type { RequirementId } from '../../../../openapi/register.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import { sign } from '../../../../reference-server/webhooks/signature.ts';
import { fault, type Bent, type Fault, type Ground } from '../fault.ts';
import {
  eventIn,
  onAttempt,
  onEvent,
  signAnew,
  signatureHeader,
  type LooseEvent,
} from './deliveries.ts';
import type { Asked } from './replies.ts';

type Named = readonly [id: string, breaks: RequirementId, does: string];

/** A fault in what events say; one for which nothing is given isn't sent. */
export const inEvents = (
  ...[id, breaks, does, bend]: [...Named, (event: LooseEvent) => LooseEvent | undefined]
): Fault => fault(id, breaks, does, (ground) => ({ deliver: onEvent(ground, bend) }));

/** Sends another event beside some, with an id of its own. */
export const sendBeside =
  (more: (event: LooseEvent) => Partial<LooseEvent> | undefined) =>
  (ground: Ground): Bent => ({
    deliver: onAttempt((attempt) => {
      const event = eventIn(attempt);
      const other = more(event);
      if (!other) return [attempt];
      const body = JSON.stringify({ ...event, id: `${event.id}b`, ...other });
      return [attempt, signAnew(ground, { ...attempt, body })];
    }),
  });

/** Never sends the event of this type that some requests about a dossier cause. */
export const keepQuiet =
  <Id extends 'updateDossier' | 'archiveDossier' | 'uploadDossierCv'>(
    operation: Id,
    type: EventType,
    isSo: (asked: Asked<Id>) => boolean,
  ) =>
  (ground: Ground): Bent => {
    const quiet = new Set<unknown>();
    const handle = ground.own[operation] as (asked: Asked<Id>) => unknown;
    const bent = (asked: Asked<Id>) => {
      const { organization, params } = asked;
      const so = isSo(asked);
      const before = organization.dossiers.get(params.id);
      const reply = handle(asked);
      // What changes nothing sends nothing, but a CV in place of another does.
      const changes = !isDeepStrictEqual(before, organization.dossiers.get(params.id));
      if (so && (changes || operation === 'uploadDossierCv')) quiet.add(params.id);
      return reply;
    };
    return {
      handlers: { [operation satisfies OperationId]: bent },
      // The first of its kind is the one: events of a dossier leave in the order of their causes.
      deliver: onEvent(ground, (event) =>
        event.type === type && quiet.delete(event.data['id']) ? undefined : event,
      ),
    };
  };

/** Tells all endpoints of an organisation at once of something, past the server's own deliveries. */
export const tell = (
  { webhookEndpoints }: Organization,
  type: EventType,
  data: object,
  now: number,
): void => {
  for (const { url, secret } of webhookEndpoints.rows) {
    const created_at = new Date(now).toISOString();
    const body = JSON.stringify({ id: `evt_${type}${String(now)}`, type, created_at, data });
    const signature = sign(secret, now, body);
    const headers = { 'content-type': 'application/json', [signatureHeader]: signature };
    void fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
  }
};
