import fc from 'fast-check';
import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { overlookQuery } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { makeFlow } from '../../world/flows.ts';
import type { Dossier } from '../../world/organization.ts';

export default defineRule({
  id: 'dossiers/filters-together',
  level: 'MUST',
  verifies: ['LG-GEN-023', 'LG-GEN-015', 'LG-DOS-007', 'LG-DOS-008', 'LG-DOS-009'],
  sentence: 'Each filter, alone or with others, lists and counts the dossiers that pass them all.',
  needs: ['fresh-organizations', 'flows'],
  check: async ({ contract, organization, property }) => {
    const home = await organization();
    const flows = await Promise.all(plainFlows(4).map((draft) => makeFlow(home, draft)));
    const made: Dossier[] = [];
    for (const [index, { id: flow_id, type }] of [...flows, ...flows, ...flows].entries()) {
      const name = `Dossier ${String(index + 1)}`;
      made.push(await home.createDossier({ type, name, flow_id }));
    }
    const aQuery = fc.record(
      {
        type: fc.constantFrom(...dossierTypes(contract)),
        status: fc.constantFrom('active', ...dossierStatuses(contract)),
        stage_id: fc.constantFrom(...flows.flatMap(({ stages }) => stages.map(({ id }) => id))),
      },
      { requiredKeys: [] },
    );
    const anyPage = fc.constantFrom('2', '5', '30');
    await property([aQuery, anyPage], async ({ type, status, stage_id }, per_page) => {
      const passing = made.filter(
        (dossier) =>
          (type ?? dossier.type) === dossier.type &&
          (status ?? 'active') === 'active' &&
          (stage_id ?? dossier.current_stage_id) === dossier.current_stage_id,
      );
      const filters = Object.entries({ type, status, stage_id, per_page });
      const query = filters.filter((entry): entry is [string, string] => entry[1] !== undefined);
      const pages = await home.walk('listDossiers', Object.fromEntries(query));
      const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expectEqual(seen.sort(), passing.map(({ id }) => id).sort(), 'the ids that pass');
      for (const { total } of pages) expectEqual(total, passing.length, 'the total');
    });
  },
  // A server that lets one filter win.
  liar: overlookQuery('listDossiers', 'stage_id'),
});
