import { findOrganization } from '../../control/handler.ts';
import type { Flow } from '../../state/records.ts';
import { blueprints, type Blueprint } from '../data/organizations.ts';
import { createAgenda } from './agenda.ts';
import { tellCandidate } from './candidates.ts';
import type { Chance } from './chance.ts';
import { foundOrganization } from './found.ts';
import { createHouse, type House } from './house.ts';
import { planJourneys } from './journeys.ts';
import { tellAcquaintance } from './network.ts';
import { tellDeal } from './sales.ts';
import { createSettle, type Ground } from './settings.ts';

/** Makes the demo organisations with all that is in them; to be done in a transaction. */
export const buildDemo = (ground: Ground, chance: Chance): void => {
  const { contract, state, services } = ground;
  const settle = createSettle(ground);
  for (const blueprint of blueprints) {
    const own = chance.branch(blueprint.name);
    const agenda = createAgenda(services.clock.now(), own.branch('times'));
    const params = foundOrganization(ground, blueprint, agenda.today, chance);
    const organization = findOrganization(state, params);
    const house = createHouse({ organization, contract, agenda, chance: own, settle });
    planStory(house, blueprint, [...organization.flows.rows]);
    agenda.run();
  }
};

/** Notes in the agenda all that happens in an organisation. */
const planStory = (
  house: House,
  { contacts, dossiers }: Blueprint,
  flows: readonly Flow[],
): void => {
  const network = Array.from({ length: contacts }, (_, number) =>
    tellAcquaintance(house.scene(`contact ${number}`), number),
  );
  for (const flow of flows) {
    const count = dossiers[flow.name] ?? 0;
    const { chance } = house.scene(flow.name);
    for (const journey of planJourneys(flow, count, chance)) {
      const scene = house.scene(`${flow.name} ${journey.number}`);
      if (flow.type === 'candidate') tellCandidate(scene, journey, network);
      else tellDeal(scene, journey, network);
    }
  }
};
