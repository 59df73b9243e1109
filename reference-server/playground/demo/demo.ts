import { findOrganization } from '../../control/handler.ts';
import { hashKey } from '../../http/access.ts';
import type { Flow } from '../../state/records.ts';
import type { Commit } from '../../state/transaction.ts';
import { createAgenda } from './agenda.ts';
import { addCandidate } from './candidates.ts';
import { addNetworkContact } from './contacts.ts';
import { createDemoOrganization, type DemoOrganization } from './context.ts';
import { planDossierCourses } from './dossiers.ts';
import {
  addDemoOrganization,
  type Blueprint,
  blueprints,
  createPerformControl,
  type DemoKey,
  demoKeys,
  type DemoTarget,
} from './organizations.ts';
import { createSeededRandom, type SeededRandom } from './random.ts';
import { addDeal } from './sales.ts';

/**
 * Fills an empty installation with demo data; one that has data is left unchanged.
 *
 * @returns the demo keys that exist here: none in an installation with other data
 */
export const openDemo = async (
  ground: DemoTarget,
  commit: Commit,
  seed: number,
): Promise<readonly DemoKey[]> => {
  const { state } = ground;
  if (state.organizations.rows.length === 0) {
    await commit(() => {
      buildDemo(ground, chanceOf(seed));
    });
  }
  return knownKeys(ground, seed);
};

/** The demo keys of a seed that exist here. */
export const knownKeys = (
  { contract, state }: Pick<DemoTarget, 'contract' | 'state'>,
  seed: number,
): readonly DemoKey[] =>
  demoKeys(contract, chanceOf(seed)).filter(
    ({ key }) => state.keys.by('hash', hashKey(key)).length > 0,
  );

const chanceOf = (seed: number): SeededRandom => createSeededRandom(`demo ${seed}`);

/** Creates the demo organisations with all their data; must run in a transaction. */
const buildDemo = (ground: DemoTarget, chance: SeededRandom): void => {
  const { handlers, contract, state, services } = ground;
  const settle = createPerformControl(ground);
  for (const blueprint of blueprints) {
    const own = chance.branch(blueprint.name);
    const agenda = createAgenda(services.clock.now(), own.branch('times'));
    const params = addDemoOrganization(ground, blueprint, agenda.today, chance);
    const organization = findOrganization(state, params);
    const house = createDemoOrganization({
      handlers,
      organization,
      contract,
      agenda,
      chance: own,
      settle,
    });
    scheduleEvents(house, blueprint, [...organization.flows.rows]);
    agenda.run();
  }
};

/** Schedules the events of an organisation. */
const scheduleEvents = (
  house: DemoOrganization,
  { contacts, dossiers }: Blueprint,
  flows: readonly Flow[],
): void => {
  const network = Array.from({ length: contacts }, (_, number) =>
    addNetworkContact(house.scene(`contact ${number}`), number),
  );
  for (const flow of flows) {
    const count = dossiers[flow.name] ?? 0;
    const { chance } = house.scene(flow.name);
    for (const journey of planDossierCourses(flow, count, chance)) {
      const scene = house.scene(`${flow.name} ${journey.number}`);
      if (flow.type === 'candidate') addCandidate(scene, journey, network);
      else addDeal(scene, journey, network);
    }
  }
};
