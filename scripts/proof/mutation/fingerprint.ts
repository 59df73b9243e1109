import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { course } from './course.ts';

/** What the verdict on a mutant depends on, whichever file it is in. */
const folders = ['conformance', 'openapi', 'reference-server'];

/** Who judges. */
export const judgePaths = [
  'target.ts',
  'mutation/crashes.ts',
  'mutation/group.ts',
  'mutation/instrumentation.ts',
  'mutation/judge.ts',
  'mutation/measure.ts',
  'mutation/order.ts',
  'mutation/server-copy.ts',
  'mutation/stage.ts',
  'mutation/trials.ts',
].map((path) => `scripts/proof/${path}`);

/**
 * Names the state of contract, server, rules and judges: what was found in another state may not be
 * true in this one.
 *
 * @param root - the top of the repository
 */
export const takeFingerprint = (root: string): string => {
  const hash = createHash('sha256').update(JSON.stringify(course));
  for (const folder of folders) {
    const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const path of paths.filter(matters).sort()) {
      hash.update(path).update(readFileSync(join(root, folder, path)));
    }
  }
  for (const path of judgePaths) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
};

const matters = (path: string): boolean =>
  /\.(ts|yaml|json)$/.test(path) && !path.split(sep).includes('tests');
