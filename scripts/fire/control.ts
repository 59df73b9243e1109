import { readGenerated } from '../../openapi/contract.ts';
import { type Node, type Pointer, resolve } from '../../openapi/pointer.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import { type Attack, type Findings, type Part, repeatCommand } from './harness/findings.ts';
import { compareMemory, findGone, stopInTime } from './harness/health.ts';
import {
  type Connection,
  createConnection,
  NoAnswer,
  type WireAnswer,
} from './harness/http-connection.ts';
import { bytesOf, commandOf, curlOf, type Draft } from './harness/http-request.ts';
import { settingsAt } from './harness/organizations.ts';
import { createRandom, pick, type Random } from './harness/random.ts';
import type { ServerProcess } from './harness/server-process.ts';
import { mutate, mutateObject } from './requests/mutate.ts';
import { createGenerate, makeUuid } from './requests/values.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly body: Pointer | undefined;
  readonly responses: Readonly<Record<string, Node>>;
}

/** More calls find nothing new. */
const maxCalls = 20_000;

/** Some calls make an organisation unusable, so it is replaced after this many calls. */
const callsPerOrganization = 40;

/** Attacks the control API, which every process on the machine can reach. */
export const attackControl: Part = async (attack, findings) => {
  const server = await attack.start({});
  const before = await server.measure();
  const random = createRandom(attack.seed + 31);
  const document = readGenerated('control.json') as Node;
  const operations = readOperations(document);
  const generate = createGenerate({ document });
  const check = createControlCheck(document);
  const connection = createConnection(server.url);
  const times = attack.short ? 200 : Math.min(maxCalls, Math.ceil(attack.requests / 10));
  const settings = settingsAt(server.controlUrl);
  let organization = await settings.create({ name: 'Control' }, attack.contract.scopes);
  let injected = { failure: false };
  for (let time = 1; time <= times && !server.isGone(); time++) {
    if (time % callsPerOrganization === 0) {
      organization = await settings.create({ name: 'Control' }, attack.contract.scopes);
      injected = { failure: false };
    }
    const operation = pick(random, operations) as Operation;
    const draft = draftCall(operation, {
      ...{ random, generate, id: organization.id, base: new URL(server.controlUrl).pathname },
    });
    const target = { attack, findings, server, connection };
    await send(target, draft, (response) => {
      if (response.status < 300 && draft.path.includes('/failures')) injected.failure = true;
      return check(operation, draft, response);
    });
    // A rate limit shows in the following responses.
    const readings = draft.path.endsWith('/rate-limit') ? 3 : 1;
    for (let reading = 0; reading < readings; reading++) {
      await readFlows(target, organization.key, draft, injected);
    }
  }
  connection.close();
  if (server.isGone()) return findGone(attack, findings, server, 'after calls of its control API');
  await settings.call('POST', '/reset');
  await compareMemory(attack, findings, server, before);
  await stopInTime(attack, findings, server, 'after calls of its control API');
};

interface Target {
  readonly attack: Attack;
  readonly findings: Findings;
  readonly server: ServerProcess;
  readonly connection: Connection;
}

const readOperations = (document: Node): Operation[] =>
  Object.entries(document['paths'] as Record<string, Node>).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Node>)
      .filter(([, node]) => 'operationId' in node)
      .map(([method, node]) => ({
        ...{ method: method.toUpperCase(), path },
        responses: node['responses'] as Record<string, Node>,
        body: node['requestBody']
          ? (`#/paths/${path.replaceAll('/', '~1')}/${method}/requestBody/content/application~1json/schema` as const)
          : undefined,
      })),
  );

/** Values that the control API accepts, at the edges of what the server can work with. */
const extremeNumbers = [
  1,
  1,
  1,
  1e306,
  Number.MAX_VALUE,
  5e-324,
  2 ** 53,
  2 ** 31,
  1e-9,
  8.64e15,
  1e12,
];

const draftCall = (
  { method, path, body }: Operation,
  parts: {
    readonly random: Random;
    readonly generate: ReturnType<typeof createGenerate>;
    readonly id: string;
    readonly base: string;
  },
): Draft => {
  const { random, generate, id, base } = parts;
  const filled = path
    .replace('{organization_id}', random() < 0.9 ? id : makeUuid(random))
    .replace('{contact_id}', makeUuid(random));
  const draft: Draft = {
    ...{ method, path: base + filled, query: [], body: undefined },
    headers: [['Host', 'localhost']],
  };
  if (!body) return random() < 0.8 ? draft : mutate(draft, random);
  let made = generate(body, random, () => []) as Record<string, unknown>;
  if (random() < 0.3) made = mutateObject(made, random);
  if (random() < 0.5) made = replaceNumbers(made, random);
  const whole: Draft = {
    ...draft,
    headers: [...draft.headers, ['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify(made)),
  };
  return random() < 0.8 ? whole : mutate(whole, random);
};

const replaceNumbers = (object: Record<string, unknown>, random: Random): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      typeof value === 'number' && random() < 0.5 ? pick(random, extremeNumbers) : value,
    ]),
  );

const createControlCheck = (document: Node) => {
  const compile = createSchemaCompiler(document);
  return ({ responses, method, path }: Operation, draft: Draft, response: WireAnswer) => {
    const { status, body } = response;
    if (status >= 500) return `status ${status}: ${body.slice(0, 200)}`;
    if (draft.method === 'HEAD' || (draft.method === 'OPTIONS' && status === 204)) return undefined;
    if (status === 204) return body === '' ? undefined : 'status 204 with a body';
    if (draft.method !== method && status < 300) return undefined;
    const name = status in responses ? String(status) : '4XX';
    const expected = status in responses || status >= 400 ? responses[name] : undefined;
    if (!expected) return `status ${status}, which the contract doesn't document`;
    const at: Pointer = `#/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}/responses/${name}`;
    const { pointer } = resolve(document, at);
    const validate = compile(`${pointer}/content/application~1json/schema`);
    const isRight = validate(JSON.parse(body));
    const [error] = validate.errors ?? [];
    return isRight
      ? undefined
      : `the body breaks the description: ${error?.instancePath ?? ''} ${error?.message ?? ''}`;
  };
};

const send = async (
  { attack, findings, server, connection }: Target,
  draft: Draft,
  check: (response: WireAnswer) => string | undefined,
  cause: Draft = draft,
): Promise<void> => {
  const bytes = bytesOf(cause);
  const report = (what: string): void => {
    const path = cause.path.replaceAll(/[0-9a-f-]{36}/g, '{id}').slice(0, 60);
    findings.add(`${cause.method} ${path} ${what.split(':', 1).join()}`.replaceAll(/\d+/g, '#'), {
      what: `${cause.method} ${path}: ${what}`,
      repeat: `${repeatCommand(attack, findings.part)}; ${curlOf(cause, server.url) ?? commandOf(bytes, server.url)}`,
      bytes: bytes.toString('hex'),
    });
  };
  try {
    const response = await connection.send(bytesOf(draft), { head: draft.method === 'HEAD' });
    findings.count(response.status);
    const problem = check(response);
    if (problem !== undefined) report(problem);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    findings.count(0);
    if (!server.isGone()) report(error.message);
  }
};

/** Checks that the API's responses follow the contract after any call of the control API. */
const readFlows = async (
  target: Target,
  key: string,
  cause: Draft,
  injected: { failure: boolean },
): Promise<void> => {
  const { attack, server } = target;
  const path = `${new URL(server.url).pathname}/flows`;
  const headers = [
    ['Host', 'localhost'],
    ['Authorization', `Bearer ${key}`],
  ] as const;
  const operation = attack.contract.operations.listFlows;
  const check = (response: WireAnswer): string | undefined => {
    // An injected failure is no finding; a rate limit may have delayed it until now.
    if (response.status === 500 && injected.failure) {
      injected.failure = false;
      return undefined;
    }
    const problem = attack.check.response({ method: 'GET', operation }, response);
    return problem && `then GET /flows: ${problem}`;
  };
  const draft = { method: 'GET', path, query: [], headers, body: undefined };
  await send(target, draft, check, cause);
};
