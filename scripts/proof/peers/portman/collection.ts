import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundlePath } from '../../../repository.ts';
import { cutPlaces } from '../../places.ts';
import { PeerUnavailable } from '../peer.ts';
import { cache, requireCached } from './install.ts';

/** A Postman collection with the tests that Portman has put into it. */
export interface Collection {
  readonly item: readonly unknown[];
  readonly variable: readonly { readonly key: string; readonly value: string }[];
}

const configuration = join(import.meta.dirname, 'portman.yaml');

/**
 * Has Portman turn the bundle into a collection, by our configuration.
 *
 * @throws PeerUnavailable when it can't
 */
export const convertBundle = async (): Promise<Collection> => {
  const folder = join(cache, 'work');
  const file = join(folder, 'collection.json');
  await mkdir(folder, { recursive: true });
  const portman = requireCached.resolve('@apideck/portman/bin/portman');
  const given = ['--local', bundlePath, '--portmanConfigFile', configuration];
  const options = [portman, ...given, '--output', file, '--runNewman', 'false'];
  await promisify(execFile)(process.execPath, options, { cwd: folder }).catch((error: unknown) => {
    throw new PeerUnavailable(`Portman couldn't convert the bundle: ${cutPlaces(String(error))}`);
  });
  return JSON.parse(await readFile(file, 'utf8')) as Collection;
};

/** The collection for one server: what Portman's tests compare with are collection variables. */
export const addressTo = (
  collection: Collection,
  values: Readonly<Record<string, string>>,
): Collection => ({
  ...structuredClone(collection),
  variable: Object.entries(values).map(([key, value]) => ({ key, value })),
});
