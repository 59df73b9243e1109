import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readContract } from '../../openapi/contract.ts';
import { bundlePath, repositoryRoot } from '../cli/command.ts';
import { claimPort } from '../mock/prism.ts';
import { load, type Measured, startMeasuredServer } from './measure.ts';

/** A server with the URL of its API. */
export interface BenchServer extends Measured {
  readonly url: string;
  /** Undefined where no API key is needed. */
  readonly key?: string;
}

/** The reference server with one organisation, and a very high rate limit. */
export interface LeadGridServer extends BenchServer {
  readonly key: string;
  readonly ask: (method: string, path: string, json: object) => Promise<unknown>;
}

/** The command that `npm start` runs. */
export const command = join(repositoryRoot, 'reference-server', 'leadgrid-mock.js');
export const announcement = /listening at (\S+) \(control: (\S+)\)/;

export const startLeadGrid = async (...options: readonly string[]): Promise<LeadGridServer> => {
  const args = [command, '--port', '0', '--empty', '--rate-limit', '900000000', ...options];
  const server = await startMeasuredServer(args, announcement);
  const [, url = '', control = ''] = server.announced;
  const organizations = `${control}/organizations`;
  const { data: organization } = (await send(organizations, {}, {})) as Made<'id'>;
  const { scopes } = readContract();
  const { data } = (await send(
    `${organizations}/${organization.id}/keys`,
    { scopes },
    {},
  )) as Made<'key'>;
  const authorization = { Authorization: `Bearer ${data.key}` };
  return {
    ...{ ...server, url, key: data.key },
    ask: (method, path, json) => send(`${url}${path}`, json, authorization, method),
  };
};

interface Made<Name extends string> {
  readonly data: Readonly<Record<Name, string>>;
}

const send = async (
  url: string,
  json: object,
  headers: Record<string, string>,
  method = 'POST',
): Promise<unknown> => {
  const all = { ...headers, 'Content-Type': 'application/json' };
  const response = await fetch(url, { method, headers: all, body: JSON.stringify(json) });
  if (!response.ok) throw new Error(`${url} returned ${response.status}`);
  return response.json();
};

/** Returns the body of a response, as text. */
export const read = async ({ url, key }: BenchServer, path: string): Promise<string> => {
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const response = await fetch(`${url}${path}`, { headers });
  if (!response.ok) throw new Error(`${path} returned ${response.status}`);
  return response.text();
};

/** Starts a server that returns one JSON for every request; see peer.js. */
export const startPeer = async (
  kind: 'http' | 'express',
  json: string,
  folder: string,
): Promise<BenchServer> => {
  const file = join(folder, `${kind}-${String(json.length)}.json`);
  await writeFile(file, json);
  const program = join(repositoryRoot, 'scripts', 'bench', 'peer.js');
  const server = await startMeasuredServer([program, kind, file], /listening at (\S+)/);
  return { ...server, url: server.announced[1] ?? '' };
};

/** Starts Prism on the contract, which returns its examples and accepts any API key. */
export const startPrismPeer = async (): Promise<BenchServer> => {
  const program = fileURLToPath(import.meta.resolve('@stoplight/prism-cli/dist/index.js'));
  const port = await claimPort('127.0.0.1', 0);
  const options = ['--host', '127.0.0.1', '--port', String(port), '--multiprocess', 'false'];
  // Prism logs each request by default.
  const args = [program, 'mock', bundlePath, ...options];
  const server = await startMeasuredServer(args, /Prism is listening/);
  return { ...server, url: `http://127.0.0.1:${port}`, key: 'any' };
};

/** A realistic dossier, each with its own contact. */
export const draft = (type: 'candidate' | 'sales'): string =>
  JSON.stringify({
    ...{ type, name: 'Sophie van Dijk [<id>]', email: 'sophie.[<id>]@example.org' },
    ...{ phone: '+31 6 12345678', company: 'Adyen', role: 'Talent acquisition lead' },
    intake_notes: 'Met at the meetup in spring; would like to hear of us before the summer.',
  });

/** Creates this many dossiers, a third of them of type sales. */
export const fill = async (server: LeadGridServer, dossiers: number): Promise<void> => {
  const sales = Math.floor(dossiers / 3);
  const { url, key } = server;
  for (const [type, requests] of [
    ['candidate', dossiers - sales],
    ['sales', sales],
  ] as const) {
    await load(server, { url: `${url}/dossiers`, key, body: draft(type) }, { requests });
  }
};
