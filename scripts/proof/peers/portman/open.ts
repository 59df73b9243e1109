import { join } from 'node:path';
import type { Front } from '../../fleet/front.ts';
import { lookAtFront } from '../at-front.ts';
import type { Ground } from '../ground.ts';
import type { Peer } from '../peer.ts';
import { addressTo, convertBundle, type Collection } from './collection.ts';
import { findingsIn, type NewmanSummary } from './findings.ts';
import { installPortman, portmanVersion, requireCached } from './install.ts';

interface Newman {
  readonly run: (
    options: Readonly<Record<string, unknown>>,
    done: (error: Error | null, summary: NewmanSummary) => void,
  ) => void;
}

/** How long one answer may take, in milliseconds. */
const patience = 10_000;

const cv = join(import.meta.dirname, '../cv.pdf');

/**
 * Portman: it writes tests into a Postman collection, and newman runs them.
 *
 * @throws PeerUnavailable when it can't be installed
 */
export const openPortman = async (front: Front, tell: (line: string) => void): Promise<Peer> => {
  await installPortman(tell);
  const collection = await convertBundle();
  const newman = requireCached('newman') as Newman;
  return {
    name: 'Portman',
    version: portmanVersion,
    given:
      'the bundle, a configuration by hand (contract tests, contents, variations, fuzzing), keys, ' +
      'ids, data',
    sees: { deliveries: false, keys: false },
    look: lookAtFront(front, (url, ground) => runCollection(newman, collection, url, ground)),
    close: () => Promise.resolve(),
  };
};

const runCollection = (
  newman: Newman,
  collection: Collection,
  url: string,
  ground: Ground,
): Promise<string[]> => {
  const values = { ...ground, baseUrl: url, bearerToken: ground.key, cv };
  const options = {
    collection: addressTo(collection, values),
    reporters: [],
    ignoreRedirects: true,
    // Newman reads files from this folder alone, unless it is told not to be careful.
    insecureFileRead: true,
    timeoutRequest: patience,
  };
  return new Promise((resolve, reject) => {
    newman.run(options, (error, summary) => {
      if (error) reject(error);
      else resolve(findingsIn(summary));
    });
  });
};
