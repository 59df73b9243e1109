import { join } from 'node:path';
import {
  load,
  type Measured,
  memoryOf,
  type Requests,
  type Sample,
  startMeasuredServer,
  timeOf,
} from './measure.ts';
import {
  announcement,
  type BenchServer,
  command,
  draft,
  fill,
  type LeadGridServer,
  read,
  startLeadGrid,
  startPeer,
  startPrismPeer,
} from './servers.ts';
import { measureSuite } from './suite.ts';
import type { Row } from './table.ts';

/** The extent of the measurement. */
export interface BenchPlan {
  readonly rounds: number;
  /** How long each load takes. */
  readonly seconds: number;
  /** How many dossiers the large organisation has. */
  readonly dossiers: number;
  /** A temporary folder. */
  readonly folder: string;
  /** With a short warm-up, and without Prism, which is slow. */
  readonly quick: boolean;
  readonly log: (line: string) => void;
}

type Part = (plan: BenchPlan) => Promise<Row[]>;

/** One measurement of each round. */
interface Case extends Omit<Row, 'samples'> {
  readonly server: Measured;
  readonly requests: Requests;
  readonly connections?: number;
}

/**
 * Measures all cases once in each round, so that changes of the machine's load affect all of them.
 */
const inRounds = async (
  cases: readonly Case[],
  { rounds, seconds, quick, log }: BenchPlan,
): Promise<Row[]> => {
  const samples = new Map<Case, Sample[]>(cases.map((one) => [one, []]));
  const firstOfServer = cases.filter(
    ({ server }, index) => cases.findIndex((one) => one.server === server) === index,
  );
  for (let round = 0; round <= rounds; round += 1) {
    // The first round is a warm-up for the compiler.
    for (const one of round === 0 && quick ? firstOfServer : cases) {
      const sample = await load(one.server, one.requests, { seconds }, one.connections);
      if (round > 0) samples.get(one)?.push(sample);
    }
    if (round > 0) log(`${cases[0]?.part ?? ''}: round ${round} of ${rounds}`);
  }
  return cases.map((one) => ({
    ...{ part: one.part, what: one.what, samples: samples.get(one) ?? [] },
    ...(one.comparedWith !== undefined && { comparedWith: one.comparedWith }),
  }));
};

/** The time from the start of a process to its announcement. */
const ready: Part = async ({ rounds, folder, quick, log }) => {
  const listening = /listening at (\S+)/;
  const starts: Readonly<Record<string, () => Promise<Measured>>> = {
    'node:http': () => startPeer('http', '{}', folder),
    'LeadGrid, empty': () => startMeasuredServer([command, '--port', '0', '--empty'], listening),
    'LeadGrid, demo data': () => startMeasuredServer([command, '--port', '0'], listening),
    ...(!quick && { Prism: startPrismPeer }),
  };
  const rows = Object.keys(starts).map((what) => ({
    ...{ part: 'ready', what, unit: 'ms', comparedWith: 'node:http' },
    samples: [] as Sample[],
  }));
  for (let round = 0; round < 2 * rounds + 1; round += 1) {
    for (const { what, samples } of rows) {
      const server = await starts[what]?.();
      if (!server) continue;
      const { readyAfter } = server;
      samples.push({ perSecond: readyAfter, time: timeOf(server) });
      await server.stop();
    }
  }
  log('ready: done');
  return rows;
};

const withServers = async <T>(servers: readonly Measured[], work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } finally {
    for (const server of servers) await server.stop();
  }
};

/** A server with the id of a dossier. */
interface ServerWithDossier {
  readonly server: BenchServer;
  readonly id: string;
}

const startWithDossiers = async (...options: readonly string[]): Promise<ServerWithDossier> => {
  const server = await startLeadGrid(...options);
  await fill(server, 60);
  const { data } = JSON.parse(await read(server, '/dossiers')) as { data: { id: string }[] };
  return { server, id: data[0]?.id ?? '' };
};

/** The same requests to this server, to the frameworks that it uses, and to Prism. */
const peers: Part = async (plan) => {
  const { folder } = plan;
  const memory = await startWithDossiers();
  const database = await startWithDossiers('--db', join(folder, 'peers.db'));
  const { id } = memory;
  const one = await read(memory.server, `/dossiers/${id}`);
  const list = await read(memory.server, '/dossiers');
  const startBoth = async (json: string): Promise<Readonly<Record<string, ServerWithDossier>>> => ({
    'node:http': { server: await startPeer('http', json, folder), id },
    'stock Express': { server: await startPeer('express', json, folder), id },
  });
  const [ofOne, ofList] = [await startBoth(one), await startBoth(list)];
  const prism = plan.quick ? {} : { Prism: { server: await startPrismPeer(), id } };
  const others = { LeadGrid: memory, 'LeadGrid --db': database, ...prism };
  const cases = [
    ...toCases('get by id', { ...ofOne, ...others }, (own) => `/dossiers/${own}`),
    ...toCases('list of 25', { ...ofList, ...others }, () => '/dossiers'),
    ...toCases('create', { ...ofOne, ...others }, () => '/dossiers', draft('candidate')),
  ];
  return withServers([...new Set(cases.map(({ server }) => server))], () => inRounds(cases, plan));
};

const toCases = (
  part: string,
  servers: Readonly<Record<string, ServerWithDossier>>,
  path: (id: string) => string,
  body?: string,
): Case[] =>
  Object.entries(servers).map(([what, { server, id }]) => ({
    ...{ part, what, server, comparedWith: 'node:http' },
    requests: {
      url: `${server.url}${path(id)}`,
      ...(server.key !== undefined && { key: server.key }),
      ...(body !== undefined && { body }),
    },
  }));

/** Lists, filters and searches of an organisation with many dossiers, and their memory. */
const big: Part = async (plan) => {
  const { dossiers, log } = plan;
  const server = await startLeadGrid();
  return withServers([server], async () => {
    const before = memoryOf(server);
    await fill(server, dossiers);
    const after = memoryOf(server);
    log(`big: ${dossiers} dossiers are there`);
    const stage = await closeSome(server);
    const grown = before === undefined || after === undefined ? [] : [after - before];
    const memory: Row = {
      ...{ part: 'memory', what: 'a dossier with its contact and link', unit: 'KB resident' },
      samples: grown.map((bytes) => ({ perSecond: bytes / dossiers / 1024, time: undefined })),
    };
    return [memory, ...(await inRounds(casesOfBig(server, stage, dossiers), plan))];
  });
};

/** Changes the status of a few hundred dossiers; returns the id of a stage with dossiers. */
const closeSome = async (server: LeadGridServer): Promise<string> => {
  let stage = '';
  for (let page = 1; page <= 4; page += 1) {
    const text = await read(server, `/dossiers?per_page=100&page=${page}`);
    const { data } = JSON.parse(text) as { data: { id: string; current_stage_id: string }[] };
    for (const { id } of data) await server.ask('PATCH', `/dossiers/${id}`, { status: 'won' });
    stage = data[0]?.current_stage_id ?? stage;
  }
  return stage;
};

const casesOfBig = (server: LeadGridServer, stage: string, dossiers: number): Case[] => {
  const deep = Math.max(2, Math.floor(dossiers / 25 / 4));
  const toCasesOf = (part: string, connections: number, paths: Readonly<Record<string, string>>) =>
    Object.entries(paths).map(([what, path]): Case => ({
      ...{ part, what, server, connections, comparedWith: Object.keys(paths)[0] ?? '' },
      requests: { url: `${server.url}${path}`, key: server.key },
    }));
  return [
    ...toCasesOf('dossiers', 20, {
      'first page': '/dossiers',
      [`page ${deep}`]: `/dossiers?page=${deep}`,
      type: '/dossiers?type=sales',
      'type and status': '/dossiers?type=sales&status=active',
      [`type and status, page ${deep}`]: `/dossiers?type=sales&status=active&page=${deep}`,
      'stage and status': `/dossiers?stage_id=${stage}&status=active`,
    }),
    ...toCasesOf('contacts', 20, {
      'first page': '/contacts',
      kind: '/contacts?kind=prospect',
      'two kinds': '/contacts?kind=prospect&kind=candidate',
      [`two kinds, page ${deep}`]: `/contacts?kind=prospect&kind=candidate&page=${deep}`,
    }),
    // One connection: what matters is how long a search blocks the core.
    ...toCasesOf('search', 1, {
      'a name that all have': '/contacts?search=sophie',
      'one letter': '/contacts?search=e',
      'what nobody has': '/contacts?search=nobody+has+this',
    }),
  ];
};

/** How long the commands of the suite take. */
const suite: Part = measureSuite;

/** How long a server needs to start with a large file. */
const restart: Part = async ({ rounds, dossiers, folder, log }) => {
  const file = join(folder, 'restart.db');
  const server = await startLeadGrid('--db', file);
  await withServers([server], () => fill(server, dossiers));
  log(`restart: ${dossiers} dossiers are there`);
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const again = await startMeasuredServer(
      [command, '--port', '0', '--db', file, '--empty'],
      announcement,
    );
    samples.push({ perSecond: again.readyAfter, time: timeOf(again) });
    await again.stop();
  }
  const what = `with a file of ${dossiers.toLocaleString('en')} dossiers`;
  return [{ part: 'restart', what, unit: 'ms', samples }];
};

export const parts = { ready, peers, big, restart, suite } as const satisfies Record<string, Part>;

export type PartName = keyof typeof parts;
