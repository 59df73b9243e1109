import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Body } from './core/call.ts';
import type { RateLimit } from './core/variations.ts';
import type { Installation } from './core/installation.ts';
import type { Organization, Plan } from './core/records.ts';
import * as state from './core/state.ts';
import { showFlow } from './core/views.ts';

/** The path of the control API. */
export const controlBase = '/control/v1';

interface ControlResponse {
  readonly status: number;
  readonly data?: unknown;
}

/** An operation of the control API; `organization` and `id` come from its path. */
interface Command {
  readonly name: string;
  readonly run: (
    installation: Installation,
    body: Body,
    organization: Organization,
    id: string,
  ) => ControlResponse;
}

const noContent: ControlResponse = { status: 204 };
const created = (data: unknown): ControlResponse => ({ status: 201, data });
const clock = ({ now }: Installation): ControlResponse => ({
  status: 200,
  data: { now: new Date(now()).toISOString() },
});

const commands: Readonly<Record<string, Command>> = {
  'POST organizations': {
    name: 'createOrganization',
    run: (installation, body) => {
      const { id, name, plan, members } = state.addOrganization(installation, body);
      return created({ id, name, plan, members });
    },
  },
  'DELETE organizations/:': {
    name: 'deleteOrganization',
    run: ({ organizations }, _, { id }) => {
      organizations.delete(id);
      return noContent;
    },
  },
  'POST organizations/:/keys': {
    name: 'createKey',
    run: (installation, body, organization) =>
      created({ id: installation.ids.uuid(), key: state.addKey(installation, organization, body) }),
  },
  'POST organizations/:/members': {
    name: 'createMember',
    run: (installation, { name }, organization) =>
      created(state.addMember(installation, organization, String(name))),
  },
  'POST organizations/:/flows': {
    name: 'createFlow',
    run: (installation, body, organization) => {
      const draft = body as unknown as state.FlowDraft;
      return created(showFlow({ installation }, state.addFlow(installation, organization, draft)));
    },
  },
  'POST organizations/:/webhook-endpoints': {
    name: 'createWebhookEndpoint',
    run: (installation, body, organization) => {
      const draft = { url: String(body['url']) };
      const { id, url, secret } = state.addEndpoint(installation, organization, draft);
      return created({ id, url, secret });
    },
  },
  'GET organizations/:/deliveries': {
    name: 'listDeliveries',
    run: (_, __, { attempts }) => ({ status: 200, data: attempts }),
  },
  'PUT organizations/:/rate-limit': {
    name: 'setRateLimit',
    run: (_, body, organization) => {
      organization.limit = { ...(body as unknown as RateLimit) };
      return noContent;
    },
  },
  'PUT organizations/:/plan': {
    name: 'changePlan',
    run: (_, { plan }, organization) => {
      organization.plan = plan as Plan;
      return noContent;
    },
  },
  'POST organizations/:/failures': {
    name: 'failNext',
    run: (_, { next }, organization) => {
      organization.failing.add(String(next));
      return noContent;
    },
  },
  'PUT organizations/:/contacts/:/pool': {
    name: 'setPoolWindow',
    run: (_, { until }, { contacts }, id) => {
      const contact = contacts.find((one) => one.id === id);
      if (contact) contact.until = typeof until === 'string' ? Date.parse(until) : undefined;
      return noContent;
    },
  },
  'GET clock': { name: 'getClock', run: clock },
  'PUT clock': {
    name: 'moveClock',
    run: (installation, { advance_seconds }) => {
      installation.moveClock(Number(advance_seconds) * 1_000);
      return clock(installation);
    },
  },
  'POST reset': {
    name: 'reset',
    run: ({ reset }) => {
      reset();
      return noContent;
    },
  },
};

/** Creates the request handler of the control API. */
export const createControl =
  (installation: Installation) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const body = text === '' ? {} : (JSON.parse(text) as Body);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const { status, data } = execute(installation, request.method ?? 'GET', pathname, body);
    response.writeHead(status, { 'content-type': 'application/json' });
    const payload = status === 404 ? { error: { code: 'not_found', message: 'None.' } } : { data };
    response.end(status === 204 ? undefined : JSON.stringify(payload));
  };

const execute = (
  installation: Installation,
  method: string,
  pathname: string,
  body: Body,
): ControlResponse => {
  const parts = pathname.slice(controlBase.length + 1).split('/');
  const route = parts.map((part, at) => (at % 2 === 1 ? ':' : part)).join('/');
  const [, organizationId = '', , id = ''] = parts;
  if (route === 'capabilities') {
    const operations = ['getCapabilities', ...Object.values(commands).map(({ name }) => name)];
    return { status: 200, data: { operations } };
  }
  const command = commands[`${method} ${route}`];
  const organization = installation.organizations.get(organizationId);
  const missing = route.startsWith('organizations/') && !organization;
  if (!command || missing) return { status: 404 };
  // Operations whose path has no organisation ignore it.
  return command.run(installation, body, organization as Organization, id);
};
