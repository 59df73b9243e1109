import { rules } from '../../../conformance/rules/index.ts';
import type { Fault } from '../fleet/fault.ts';
import { chooseRules } from '../fleet/choice.ts';
import type { Front } from '../fleet/front.ts';
import { judgeThroughPrism } from '../prism/judge.ts';
import { openPrism } from '../prism/open.ts';
import { versionOf } from './installed.ts';
import { runs, type Peer } from './peer.ts';
import { lookAt } from './shown.ts';

/** Prism's validation proxy: it sends nothing itself, so that it gets the traffic of our rules. */
export const openPrismPeer = async (front: Front): Promise<Peer> => {
  let prism = await openPrism(front.url);
  return {
    name: 'Prism, validation proxy',
    version: versionOf('@stoplight/prism-cli'),
    given: 'the bundle, and the traffic of the rules that verify what is broken',
    sees: { deliveries: false, keys: false },
    look: async (fault, seed) => {
      // What ends it at one server must not keep it from looking at the next.
      if (prism.gone()) prism = await openPrism(front.url);
      const shown = await front.show(fault);
      try {
        const server = { url: front.url, controlUrl: shown.controlUrl };
        const led = { rules: leading(fault), seed, runs, server, prism };
        const find = async (): Promise<string[]> => {
          const { traffic } = await judgeThroughPrism(led);
          return traffic.violations.map(
            ({ where, place, message }) => `${where}: ${place} ${message}`,
          );
        };
        const whyEnded = () => (prism.gone() ? 'Prism ended while it looked.' : undefined);
        return await lookAt(shown, find, whyEnded);
      } finally {
        await shown.close();
      }
    },
    close: () => prism.close(),
  };
};

/** The rules whose traffic goes through Prism: those that meet the fault, or all of them. */
const leading = (fault: Fault | undefined) =>
  (fault ? chooseRules(fault.breaks) : rules).filter(({ kind }) => kind === 'check');
