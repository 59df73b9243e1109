import { findOrganization } from '../../control/handler.ts';
import { hashKey } from '../../http/access.ts';
import type { Flow } from '../../state/records.ts';
import type { Commit } from '../../state/transaction.ts';
import { createSchedule } from './schedule.ts';
import { addCandidate } from './candidates.ts';
import { addNetworkContact } from './contacts.ts';
import { createDemoOrganization, type DemoOrganization } from './context.ts';
import { planDossierCourses } from './dossiers.ts';
import {
  addDemoOrganization,
  createPerformControl,
  type DemoDefinition,
  demoDefinitions,
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
  target: DemoTarget,
  commit: Commit,
  seed: number,
): Promise<readonly DemoKey[]> => {
  const { state } = target;
  if (state.organizations.rows.length === 0) {
    await commit(() => {
      buildDemo(target, createDemoRandom(seed));
    });
  }
  return knownKeys(target, seed);
};

/** The demo keys of a seed that exist here. */
export const knownKeys = (
  { contract, state }: Pick<DemoTarget, 'contract' | 'state'>,
  seed: number,
): readonly DemoKey[] =>
  demoKeys(contract, createDemoRandom(seed)).filter(
    ({ key }) => state.keys.by('hash', hashKey(key)).length > 0,
  );

const createDemoRandom = (seed: number): SeededRandom => createSeededRandom(`demo ${seed}`);

/** Creates the demo organisations with all their data; must run in a transaction. */
const buildDemo = (target: DemoTarget, random: SeededRandom): void => {
  const { handlers, contract, state, services } = target;
  const performControl = createPerformControl(target);
  for (const definition of demoDefinitions) {
    const organizationRandom = random.branch(definition.name);
    const schedule = createSchedule(services.clock.now(), organizationRandom.branch('times'));
    const params = addDemoOrganization(target, definition, schedule.today, random);
    const organization = findOrganization(state, params);
    const demo = createDemoOrganization({
      handlers,
      organization,
      contract,
      schedule,
      random: organizationRandom,
      performControl,
    });
    scheduleEvents(demo, definition, [...organization.flows.rows]);
    schedule.run();
  }
};

/** Schedules the events of an organisation. */
const scheduleEvents = (
  demo: DemoOrganization,
  { contacts, dossiers }: DemoDefinition,
  flows: readonly Flow[],
): void => {
  const network = Array.from({ length: contacts }, (_, number) =>
    addNetworkContact(demo.createContext(`contact ${number}`), number),
  );
  for (const flow of flows) {
    const count = dossiers[flow.name] ?? 0;
    const { random } = demo.createContext(flow.name);
    for (const course of planDossierCourses(flow, count, random)) {
      const context = demo.createContext(`${flow.name} ${course.number}`);
      if (flow.type === 'candidate') addCandidate(context, course, network);
      else addDeal(context, course, network);
    }
  }
};
