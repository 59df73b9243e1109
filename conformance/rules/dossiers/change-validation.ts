import type { RequirementId } from '../../../openapi/register.ts';
import {
  expectOtherFieldsUnchanged,
  updateAndViewDossier,
  viewDossier,
} from '../../assertions/dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { ignoreNulls } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { unusedEmail, withUnusedEmail } from '../../fixtures/contacts.ts';
import { createDossier, updateDossier } from '../../fixtures/dossiers.ts';

/** A decision, and values that it refuses. */
type Refused = readonly [RequirementId, ...unknown[]];

/** A valid value, and invalid ones. */
const valuesOf = (
  stage: string,
  address: string,
): Readonly<Record<string, readonly [unknown, ...Refused[]]>> => ({
  name: ['.', ['LG-DOS-031', '', ' ', '\t\n', '\u00A0\u2003']],
  email: [
    address,
    ['LG-DOS-050', 'noor', '@example.com', 'noor@', 'noor@@example.com', 'a@b@c.nl'],
    ['LG-GEN-041', ''],
  ],
  deal_currency: [
    'USD',
    ['LG-DOS-046', 'usd', 'Usd', 'EURO', 'EU', '€', '978'],
    ['LG-GEN-041', ''],
  ],
  deal_size: [0, ['LG-DOS-048', -0.01, -1, -62_000]],
  assigned_to: [
    null,
    ['LG-DOS-044', '5f0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19'],
    ['LG-GEN-049', 'nobody'],
  ],
  status: ['won', ['LG-GEN-028', 'Won', 'WON', ' won']],
  current_stage_id: [stage, ['LG-GEN-049', 'none', '42', '']],
});

const refusedValues = defineRule({
  id: 'changes/refused-values',
  level: 'SHOULD',
  verifies: [
    ...(['LG-DOS-031', 'LG-DOS-044', 'LG-DOS-046', 'LG-DOS-048', 'LG-DOS-050'] as const),
    ...(['LG-GEN-028', 'LG-GEN-041', 'LG-GEN-049'] as const),
  ],
  sentence: 'An update refuses every value that a creation refuses.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const address = await unusedEmail(org);
    const deal = { deal_size: 62_000, deal_currency: 'EUR' };
    const draft = { type: 'sales' as const, name: 'Before an update', ...deal };
    const { id, current_stage_id } = await createDossier(org, draft);
    for (const [name, [right, ...wrong]] of Object.entries(valuesOf(current_stage_id, address))) {
      for (const [decision, ...values] of wrong) {
        context.about(decision);
        for (const value of values) {
          const body = { [name]: value };
          const refused = await org.all.send('updateDossier', { path: { id }, body });
          context.expect.refusal(refused, 400);
        }
      }
      await updateDossier(org, id, { [name]: right });
    }
  },
  fault: acceptRefused(400),
});

const nullRefused = defineRule({
  id: 'changes/null-refused',
  level: 'SHOULD',
  verifies: ['LG-DOS-091'],
  sentence: 'Null in `name`, `status` or `current_stage_id` is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'With a name' };
    const { id, current_stage_id } = await createDossier(org, draft);
    const right = { name: 'Noor Bakker', status: 'won' as const, current_stage_id };
    for (const [name, value] of Object.entries(right)) {
      for (const others of [{}, { company: 'Tulp Logistics' }]) {
        const body = { ...others, [name]: null };
        const refused = await org.all.send('updateDossier', { path: { id }, body });
        context.expect.refusal(refused, 400);
        await updateDossier(org, id, { ...others, [name]: value });
      }
    }
  },
  fault: ignoreNulls('updateDossier'),
});

const values = {
  ...{ email: 'noor.bakker@example.com', phone: '+31612345678', company: 'Tulp', role: 'HR' },
  ...{ intake_notes: 'Met at the fair.', contact_person: 'Mark de Vries' },
  ...{ deal_size: 62_000, deal_currency: 'EUR' },
};

type Name = keyof typeof values;

const names = Object.keys(values) as Name[];

const nullClears = defineRule({
  id: 'changes/null-clears',
  level: 'SHOULD',
  verifies: ['LG-DOS-090'],
  sentence: 'Null clears an optional field and no other.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const full = await withUnusedEmail(org, values);
    const { id } = await createDossier(org, { type: 'sales', name: 'With values', ...full });
    const clear = async (...fields: readonly Name[]) => {
      const changes = Object.fromEntries(fields.map((name) => [name, null]));
      const before = await viewDossier(org, id);
      const after = await updateAndViewDossier(org, id, changes);
      expectOtherFieldsUnchanged(context, before, after, changes);
      for (const name of fields) {
        for (const shown of [after.returned, after.retrieved, after.listed]) {
          expectEqual(shown[name] ?? null, null, name);
        }
      }
    };
    for (const name of names) await clear(name);
    const { retrieved } = await updateAndViewDossier(org, id, full);
    for (const name of names) expectEqual(retrieved[name], full[name], name);
    await clear(...names);
    // A field without a value stays without one.
    await clear(...names);
  },
  fault: ignoreNulls('updateDossier'),
});

export default [refusedValues, nullRefused, nullClears] satisfies readonly Rule[];
