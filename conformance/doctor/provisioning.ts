import { unlocks, type Capability, type Target } from '../targets/target.ts';
import type { Finding } from './finding.ts';

const chapter = 'Provisioning';

/** Tells what the target lets the suite do besides calling it. */
export const tellProvisioning = (
  { offers, intention }: Pick<Target, 'offers' | 'intention'>,
  by: string,
): Finding[] => {
  const all = Object.keys(unlocks) as Capability[];
  const had = all.filter((capability) => offers.has(capability)).map(nameOf);
  const lacking = all.filter((capability) => !offers.has(capability)).map(nameOf);
  const text = `${by}: ${had.length === 0 ? 'one organisation' : had.join(', ')}.`;
  const own = offers.has('fresh-organizations');
  return [
    { chapter, mark: 'ok', text },
    ...(own && lacking.length > 0
      ? [{ chapter, mark: 'warn', text: `It lacks ${lacking.join(', ')}.` } as const]
      : []),
    { chapter, mark: 'ok', text: `In a run: ${intention}` },
  ];
};

/** Without how it is come by. */
const nameOf = (capability: Capability): string => unlocks[capability].replace(/ \(.*$/, '');
