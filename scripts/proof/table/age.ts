import { readRegister } from '../../../openapi/register.ts';
import { faultyServers } from '../faulty-servers/faults/index.ts';
import { filesChangedSince } from '../harness/git.ts';
import { type Part, parts } from '../harness/record.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { defaultPlan, planVariants } from '../variants/combine.ts';
import { digestIds, type IdsDigest, type Summary } from './summary.ts';

const common = ['openapi', 'conformance', 'reference-server', 'scripts/proof/harness'];

/** What each part judges and is judged by: folders or files, from the top of the repository. */
const judgedPaths: Readonly<Record<Part, readonly string[]>> = {
  'faulty-servers': [...common, 'scripts/proof/faulty-servers'],
  variants: [...common, 'scripts/proof/variants', 'scripts/proof/plain-server'],
  flakiness: [...common, 'scripts/proof/flakiness'],
  mutation: [...common, 'scripts/proof/mutation'],
  peers: [...common, 'scripts/proof/faulty-servers', 'scripts/proof/peers', 'scripts/proof/prism'],
};

/** The ids of what there is to judge now, in the parts that name it. */
export type CurrentIds = Readonly<Partial<Record<Part, readonly string[]>>>;

/** The faulty servers and variants of the present code. */
export const readCurrentIds = (): CurrentIds => {
  const faults = faultyServers.map(({ id }) => id);
  const { variants } = readCatalogue(readRegister());
  return {
    'faulty-servers': faults,
    peers: faults,
    variants: planVariants(variants, defaultPlan).map(({ id }) => id),
  };
};

/** How old each part is: when and where it was measured, and what has changed since. */
export const formatAge = (
  summary: Summary,
  current: CurrentIds,
  changed: typeof filesChangedSince = filesChangedSince,
): string => parts.map((part) => formatPartAge(part, summary, current, changed)).join('\n');

const formatPartAge = (
  part: Part,
  { parts: summaries }: Summary,
  current: CurrentIds,
  changed: typeof filesChangedSince,
): string => {
  const { measuredAt, commits, ids } = summaries[part];
  const now = current[part];
  // What `--missing` keeps was measured at the first commit.
  const [first = 'unknown'] = commits;
  const lines = [
    `${part}: measured ${measuredAt} at ${commits.join(', ')}`,
    ...(ids && now ? [compareIds(part, ids, digestIds(now))] : []),
    formatChanged(first, changed(first, judgedPaths[part])),
  ];
  return lines.join('\n  ');
};

const compareIds = (part: Part, measured: IdsDigest, now: IdsDigest): string => {
  const noun = part === 'variants' ? 'variants' : 'faulty servers';
  if (measured.digest === now.digest) return `the same ${now.count} ${noun}`;
  const difference = now.count - measured.count;
  const counts = `${measured.count} ${noun} then, ${now.count} now`;
  if (difference === 0) return `${counts}, but some of them are others`;
  return `${counts}: at least ${Math.abs(difference)} ${difference > 0 ? 'new' : 'gone'}`;
};

const formatChanged = (commit: string, files: readonly string[] | undefined): string => {
  if (files === undefined) return `Git doesn't know ${commit}: changed files are unknown`;
  return `${files.length} of the files that it judges have changed since ${commit}`;
};
