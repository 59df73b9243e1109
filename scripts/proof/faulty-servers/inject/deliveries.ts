import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EventType, OperationId } from '../../../../openapi/contract.ts';
import type { RequirementId } from '../../../../openapi/register.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import { sign } from '../../../../reference-server/webhooks/signature.ts';
import {
  type FaultyServer,
  faultyServer,
  type Injection,
  type SendByFetch,
  type ServerInternals,
} from '../faulty-server.ts';
import type { CallOf } from './handlers.ts';

type Deliver = NonNullable<Injection['deliver']>;

/** An attempt to deliver an event, which can be changed. */
export interface DeliveryAttempt {
  url: string;
  readonly headers: Headers;
  body: string;
}

/** An event of the server, which can be changed. */
interface WebhookEvent {
  id: string;
  type: string;
  created_at: string;
  data: Record<string, unknown>;
}

/** Replaces each attempt by none, one or several others. The last response counts. */
export const onAttempt =
  (
    inject: (
      attempt: DeliveryAttempt,
    ) => readonly DeliveryAttempt[] | Promise<readonly DeliveryAttempt[]>,
  ): Deliver =>
  (send) =>
  async (input, init) => {
    const url = urlOf(input);
    const headers = new Headers(init?.headers);
    const body = typeof init?.body === 'string' ? init.body : '';
    let answer = new Response(null, { status: 204 });
    for (const one of await inject({ url, headers, body })) {
      answer = await send(one.url, { ...init, headers: one.headers, body: one.body });
    }
    return answer;
  };

/** Changes events and signs them again, so that only the content is wrong. */
export const onEvent = (
  internals: ServerInternals,
  inject: (event: WebhookEvent) => WebhookEvent | undefined,
): Deliver =>
  onAttempt((attempt) => {
    const event = inject(eventIn(attempt));
    return event ? [signAgain(internals, { ...attempt, body: JSON.stringify(event) })] : [];
  });

export const eventIn = ({ body }: DeliveryAttempt): WebhookEvent =>
  JSON.parse(body) as WebhookEvent;

/** The same attempt, signed again for its present body. */
export const signAgain = (
  internals: ServerInternals,
  attempt: DeliveryAttempt,
): DeliveryAttempt => {
  const headers = new Headers(attempt.headers);
  const [, moment] = /t=(\d+)/.exec(headers.get(signatureHeader) ?? '') ?? [];
  const secret = secretOf(internals, attempt.url);
  headers.set(signatureHeader, sign(secret, Number(moment) * 1000, attempt.body));
  return { ...attempt, headers };
};

/** The secret of the endpoint with this URL. */
export const secretOf = ({ state }: ServerInternals, url: string): string => {
  for (const { webhookEndpoints } of state.organizations.rows) {
    for (const endpoint of webhookEndpoints.rows) if (endpoint.url === url) return endpoint.secret;
  }
  throw new Error(`No endpoint has the URL ${url}.`);
};

export const signatureHeader = 'x-leadgrid-signature';

const urlOf = (input: Parameters<SendByFetch>[0]): string =>
  input instanceof Request ? input.url : input.toString();

type EventFaultLabel = readonly [id: string, breaks: RequirementId, does: string];

/** A fault in the content of events; an event for which `inject` returns undefined isn't sent. */
export const inEvents = (
  ...[id, breaks, does, inject]: [
    ...EventFaultLabel,
    (event: WebhookEvent) => WebhookEvent | undefined,
  ]
): FaultyServer =>
  faultyServer(id, breaks, does, (internals) => ({ deliver: onEvent(internals, inject) }));

/** After some events, sends another one with another id. */
export const sendSecondEvent =
  (more: (event: WebhookEvent) => Partial<WebhookEvent> | undefined) =>
  (internals: ServerInternals): Injection => ({
    deliver: onAttempt((attempt) => {
      const event = eventIn(attempt);
      const other = more(event);
      if (!other) return [attempt];
      const body = JSON.stringify({ ...event, id: `${event.id}b`, ...other });
      return [attempt, signAgain(internals, { ...attempt, body })];
    }),
  });

/** Suppresses the event of this type that some requests for a dossier cause. */
export const suppressEvent =
  <Id extends 'updateDossier' | 'archiveDossier' | 'uploadDossierCv'>(
    operation: Id,
    type: EventType,
    isSo: (call: CallOf<Id>) => boolean,
  ) =>
  (internals: ServerInternals): Injection => {
    const quiet = new Set<unknown>();
    const handle = internals.own[operation] as (call: CallOf<Id>) => unknown;
    const injection = (call: CallOf<Id>) => {
      const { organization, params } = call;
      const so = isSo(call);
      const before = organization.dossiers.get(params.id);
      const reply = handle(call);
      // Without a change there is no event, but a CV that replaces another causes one.
      const changes = !isDeepStrictEqual(before, organization.dossiers.get(params.id));
      if (so && (changes || operation === 'uploadDossierCv')) quiet.add(params.id);
      return reply;
    };
    return {
      handlers: { [operation satisfies OperationId]: injection },
      // The first event of this type: events of a dossier are sent in the order of their causes.
      deliver: onEvent(internals, (event) =>
        event.type === type && quiet.delete(event.data['id']) ? undefined : event,
      ),
    };
  };

/** Sends an event to all endpoints of an organisation, without the server's own deliveries. */
export const sendEvent = (
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

type Label = readonly [id: string, breaks: FaultyServer['breaks'], does: string];

/** Another request to an endpoint; by default a POST. */
export interface ExtraRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Sends each event correctly, and then another request to the same URL. */
export const sendExtraRequest = (
  ...[id, breaks, does, make, delay = 0]: [
    ...Label,
    (attempt: DeliveryAttempt, secret: string) => ExtraRequest,
    delay?: number,
  ]
): FaultyServer =>
  faultyServer(id, breaks, does, (internals) => ({
    deliver: (send) => async (input, init) => {
      const attempt = attemptOf(input, init);
      const further = make(attempt, secretIn(internals, attempt));
      const answer = await send(input, init);
      // It isn't awaited, and its errors are ignored.
      setTimeout(() => {
        void send(attempt.url, { method: 'POST', ...further }).catch(() => undefined);
      }, delay);
      return answer;
    },
  }));

/** Sends an additional event of an unknown type, which is correct except for the given parts. */
export const sendUnknownEvent = (
  ...[id, breaks, does, { event = {}, sign = signText, head = signatureValue }]: [
    ...Label,
    {
      readonly event?: Readonly<Record<string, unknown>>;
      readonly sign?: (secret: string, text: string) => string;
      readonly head?: (t: string, v1: string) => string | undefined;
    },
  ]
): FaultyServer =>
  sendExtraRequest(id, breaks, does, (attempt, secret) => {
    const { id: own, created_at } = eventIn(attempt);
    const ping = { id: `${own}p`, type: 'endpoint.ping', created_at, data: {} };
    const body = JSON.stringify({ ...ping, ...event });
    const [, t = ''] = /t=(\d+)/.exec(attempt.headers.get(signatureHeader) ?? '') ?? [];
    const header = head(t, sign(secret, `${t}.${body}`));
    const json = { 'content-type': 'application/json' };
    return { body, headers: header === undefined ? json : { ...json, [signatureHeader]: header } };
  });

/** Correct headers of a webhook request with this body. */
export const signedJson = (
  secret: string,
  body: string | Uint8Array,
): Readonly<Record<string, string>> => {
  const t = String(Math.floor(Date.now() / 1000));
  const v1 = createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
  return { 'content-type': 'application/json', [signatureHeader]: signatureValue(t, v1) };
};

const signatureValue = (t: string, v1: string): string => `t=${t},v1=${v1}`;

const signText = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

const attemptOf = (input: unknown, init: RequestInit | undefined): DeliveryAttempt => ({
  url: input instanceof Request ? input.url : String(input),
  headers: new Headers(init?.headers),
  body: typeof init?.body === 'string' ? init.body : '{}',
});

const secretIn = (internals: ServerInternals, { url }: DeliveryAttempt): string =>
  secretOf(internals, url);
