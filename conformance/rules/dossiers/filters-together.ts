import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow } from '../../world/flows.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import type { Dossier, Flow, NewDossier, Organization } from '../../world/organization.ts';

/** Dossiers for a flow: with nothing but a name, and with whatever a join could lose them by. */
const draftsFor = ({ id: flow_id, type }: Flow, [assigned_to]: readonly string[]) => {
  const bare: NewDossier = { type, name: 'Noor Bakker', flow_id };
  const deal =
    type === 'sales' ? { deal_size: 0, deal_currency: 'EUR', contact_person: 'Noor' } : {};
  const assignment = assigned_to === undefined ? {} : { assigned_to };
  return [
    bare,
    { ...bare, company: 'Tulp Logistics', phone: '+31612345678', ...deal, ...assignment },
  ];
};

const fill = async (home: Organization, flows: readonly Flow[]): Promise<Dossier[]> => {
  const drafts = [...flows, ...flows].flatMap((flow) => draftsFor(flow, home.members));
  // No two alike: whether the same one again makes a second is a matter of decisions.
  return home.createDossiers(
    drafts.map((draft, index) => ({ ...draft, name: `Dossier ${String(index + 1)}` })),
  );
};

export default defineRule({
  id: 'dossiers/filters-together',
  level: 'MUST',
  verifies: ['LG-GEN-023', 'LG-GEN-015', 'LG-DOS-007', 'LG-DOS-008', 'LG-DOS-009'],
  sentence: 'Each filter, alone or with others, lists and counts the dossiers that pass them all.',
  needs: ['fresh-organizations', 'flows'],
  check: async (world) => {
    const home = await world.organization();
    const flows: Flow[] = [];
    for (const draft of plainFlows(3)) flows.push(await makeFlow(home, draft));
    const withCv = formOf({ type: 'candidate', name: 'Iris' }, aCv());
    const made = [...(await fill(home, flows)), await createByForm(world, home, withCv)];
    const stages = [...flows.flatMap((flow) => flow.stages.map(({ id }) => id))];
    const start = made.at(-1)?.current_stage_id;
    for (const type of [undefined, ...dossierTypes(world.contract)]) {
      for (const status of [undefined, ...dossierStatuses(world.contract)]) {
        for (const stage_id of [undefined, ...stages, start]) {
          const passing = made.filter(
            (dossier) =>
              (type ?? dossier.type) === dossier.type &&
              (status ?? 'active') === 'active' &&
              (stage_id ?? dossier.current_stage_id) === dossier.current_stage_id,
          );
          const filters = Object.entries({ type, status, stage_id, per_page: '3' });
          const query = filters.filter(
            (entry): entry is [string, string] => entry[1] !== undefined,
          );
          const pages = await home.walk('listDossiers', Object.fromEntries(query));
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          expectEqual(seen.sort(), passing.map(({ id }) => id).sort(), 'the ids that pass');
          for (const { total } of pages) expectEqual(total, passing.length, 'the total');
        }
      }
    }
  },
  // A server that lets one filter win.
  liar: overlookQuery('listDossiers', 'stage_id'),
});
