import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Front } from '../../fleet/front.ts';
import { lookAtFront } from '../at-front.ts';
import { cutPlaces } from '../../places.ts';
import type { Ground } from '../ground.ts';
import { pathIn, versionOf } from '../installed.ts';
import type { Peer } from '../peer.ts';
import { findingsIn } from './findings.ts';

const description = join(import.meta.dirname, 'leadgrid.arazzo.yaml');
/** How long one answer may take, in milliseconds. */
const patience = 10_000;

/** Redocly Respect: it follows workflows that a user has written down in Arazzo. */
export const openRespect = async (front: Front): Promise<Peer> => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-respect-'));
  return {
    name: 'Redocly Respect',
    version: versionOf('@redocly/cli'),
    given: 'the bundle, an Arazzo description of the main flows by hand, keys, ids, data',
    sees: { deliveries: false, keys: false },
    look: lookAtFront(front, (url, ground) => follow(url, ground, join(folder, 'log.json'))),
    close: () => rm(folder, { recursive: true }),
  };
};

/** @param log - a file to write to */
const follow = async (url: string, ground: Ground, log: string): Promise<string[]> => {
  const given = ['--input', JSON.stringify(ground), '--server', `leadgrid=${url}`];
  const waits = ['--max-fetch-timeout', String(patience)];
  const options = ['respect', description, ...given, ...waits, '--json-output', log];
  await rm(log, { force: true });
  const said = await call([pathIn('@redocly/cli', 'bin/cli.js'), ...options]);
  const text = await readFile(log, 'utf8').catch(() => {
    throw new Error(`Respect left no log. It last said: ${cutPlaces(said.trim()).slice(-300)}`);
  });
  return findingsIn(text);
};

/** What it says. That a check failed ends it with 1, which is told by the log as well. */
const call = (parts: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = {
      ...process.env,
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    };
    const limits = { env, timeout: 12 * patience, maxBuffer: 2 ** 26 };
    execFile(process.execPath, [...parts], limits, (_, out, err) => {
      resolve(out + err);
    });
  });
