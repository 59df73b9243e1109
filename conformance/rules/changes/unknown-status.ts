import fc from 'fast-check';
import { aValueBeside, inheritedNames } from '../../arbitraries/value-beside.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { isListed } from '../../world/dossier-list.ts';
import { dossierStatuses } from '../../world/dossier-types.ts';
import { expectThat } from '../../world/expectations.ts';
import type { Dossier } from '../../world/organization.ts';

/** What other servers call a status, and what begins or ends like one. */
const words = [
  'deleted',
  'open',
  'closed',
  'restored',
  'wonn',
  'inactive',
  'null',
  '0',
  '1',
  ...inheritedNames,
  // Parts of what is documented.
  'act',
  'on',
  'chive',
  'o',
];

/** Texts that are no status. */
const aTextBeside = (statuses: readonly string[]) =>
  fc.oneof(fc.constantFrom(...words), aValueBeside({ values: statuses, required: false }));

export default defineRule({
  id: 'changes/unknown-status',
  level: 'MUST',
  verifies: ['LG-DOS-079'],
  sentence: 'A dossier is given no status but the documented ones, and keeps the one that it has.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const statuses = dossierStatuses(world.contract);
    const { id } = await home.createDossier({ type: 'sales', name: 'Without another status' });
    const aStatus = fc.constantFrom(...(['active', 'won', 'lost'] as const));
    const expectRefusal = async (status: 'active' | 'won' | 'lost', other: string) => {
      await change(world, home, id, { status });
      const body = { status: other as Dossier['status'] };
      const refused = await home.all.send('updateDossier', { path: { id }, body });
      world.expect.refusal(refused, 400);
      const kept = await isListed(world, home, id, { status });
      expectThat(kept, `a dossier that is still ${status}`, () => 'none listed as that');
    };
    for (const word of words) await expectRefusal('active', word);
    await world.property([aStatus, aTextBeside(statuses)], expectRefusal);
  },
  // A server that takes what it doesn't know for active.
  liar: onSent(['updateDossier'], (body) => ({
    status: ['won', 'lost', 'archived'].includes(String(body['status']))
      ? body['status']
      : 'active',
  })),
});
