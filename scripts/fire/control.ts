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

/** More calls would meet nothing new. */
const mostCalls = 20_000;

/** Some calls leave an organisation that can do nothing more. */
const requestsOfOrganization = 40;

/** The control API, attacked as the API is: it is reachable for whatever runs on the machine. */
export const attackControl: Part = async (attack, ledger) => {
  const server = await attack.start({});
  const before = await server.measure();
  const random = createRandom(attack.seed + 31);
  const document = readGenerated('control.json') as Node;
  const operations = readOperations(document);
  const generate = createGenerate({ document });
  const judge = createControlJudge(document);
  const connection = createConnection(server.url);
  const times = attack.short ? 200 : Math.min(mostCalls, Math.ceil(attack.requests / 10));
  const settings = settingsAt(server.controlUrl);
  let organization = await settings.create({ name: 'Control' }, attack.contract.scopes);
  let planned = { failure: false };
  for (let time = 1; time <= times && !server.isGone(); time++) {
    if (time % requestsOfOrganization === 0) {
      organization = await settings.create({ name: 'Control' }, attack.contract.scopes);
      planned = { failure: false };
    }
    const operation = pick(random, operations) as Operation;
    const draft = draftCall(operation, {
      ...{ random, generate, id: organization.id, base: new URL(server.controlUrl).pathname },
    });
    const target = { attack, ledger, server, connection };
    await send(target, draft, (answer) => {
      if (answer.status < 300 && draft.path.includes('/failures')) planned.failure = true;
      return judge(operation, draft, answer);
    });
    // A limit shows in the answers behind it.
    const readings = draft.path.endsWith('/rate-limit') ? 3 : 1;
    for (let reading = 0; reading < readings; reading++) {
      await readFlows(target, organization.key, draft, planned);
    }
  }
  connection.close();
  if (server.isGone()) return findGone(attack, ledger, server, 'after calls of its control API');
  await settings.call('POST', '/reset');
  await compareMemory(attack, ledger, server, before);
  await stopInTime(attack, ledger, server, 'after calls of its control API');
};

interface Target {
  readonly attack: Attack;
  readonly ledger: Findings;
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

/** Values that a control call may well have, and that are hard to live with. */
const hardNumbers = [
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
  if (random() < 0.5) made = harden(made, random);
  const whole: Draft = {
    ...draft,
    headers: [...draft.headers, ['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify(made)),
  };
  return random() < 0.8 ? whole : mutate(whole, random);
};

const harden = (object: Record<string, unknown>, random: Random): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      typeof value === 'number' && random() < 0.5 ? pick(random, hardNumbers) : value,
    ]),
  );

const createControlJudge = (document: Node) => {
  const compile = createSchemaCompiler(document);
  return ({ responses, method, path }: Operation, draft: Draft, answer: WireAnswer) => {
    const { status, body } = answer;
    if (status >= 500) return `status ${status}: ${body.slice(0, 200)}`;
    if (draft.method === 'HEAD' || (draft.method === 'OPTIONS' && status === 204)) return undefined;
    if (status === 204) return body === '' ? undefined : 'a 204 with a body';
    if (draft.method !== method && status < 300) return undefined;
    const name = status in responses ? String(status) : '4XX';
    const response = status in responses || status >= 400 ? responses[name] : undefined;
    if (!response) return `status ${status}, which its description doesn't give`;
    const at: Pointer = `#/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}/responses/${name}`;
    const { pointer } = resolve(document, at);
    const validate = compile(`${pointer}/content/application~1json/schema`);
    const isRight = validate(JSON.parse(body));
    const [error] = validate.errors ?? [];
    return isRight
      ? undefined
      : `the body is wrong: ${error?.instancePath ?? ''} ${error?.message ?? ''}`;
  };
};

const send = async (
  { attack, ledger, server, connection }: Target,
  draft: Draft,
  judge: (answer: WireAnswer) => string | undefined,
  cause: Draft = draft,
): Promise<void> => {
  const bytes = bytesOf(cause);
  const find = (what: string): void => {
    const path = cause.path.replaceAll(/[0-9a-f-]{36}/g, '{id}').slice(0, 60);
    ledger.find(`${cause.method} ${path} ${what.split(':', 1).join()}`.replaceAll(/\d+/g, '#'), {
      what: `${cause.method} ${path}: ${what}`,
      repeat: `${repeatCommand(attack, ledger.part)}; ${curlOf(cause, server.url) ?? commandOf(bytes, server.url)}`,
      bytes: bytes.toString('hex'),
    });
  };
  try {
    const answer = await connection.send(bytesOf(draft), { head: draft.method === 'HEAD' });
    ledger.count(answer.status);
    const problem = judge(answer);
    if (problem !== undefined) find(problem);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    ledger.count(0);
    if (!server.isGone()) find(error.message);
  }
};

/** Whatever was called, the API's answers keep to their contract. */
const readFlows = async (
  target: Target,
  key: string,
  cause: Draft,
  planned: { failure: boolean },
): Promise<void> => {
  const { attack, server } = target;
  const path = `${new URL(server.url).pathname}/flows`;
  const headers = [
    ['Host', 'localhost'],
    ['Authorization', `Bearer ${key}`],
  ] as const;
  const operation = attack.contract.operations.listFlows;
  const judge = (answer: WireAnswer): string | undefined => {
    // A failure that was asked for is none; a limit may have put it off until now.
    if (answer.status === 500 && planned.failure) {
      planned.failure = false;
      return undefined;
    }
    const problem = attack.judge.answer({ method: 'GET', operation }, answer);
    return problem && `afterwards GET /flows: ${problem}`;
  };
  const draft = { method: 'GET', path, query: [], headers, body: undefined };
  await send(target, draft, judge, cause);
};
