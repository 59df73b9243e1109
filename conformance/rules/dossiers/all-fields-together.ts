import fc from 'fast-check';
import { anEmail } from '../../arbitraries/email.ts';
import { aDossier } from '../../arbitraries/new-dossier.ts';
import { plainFlows } from '../../arbitraries/plain-flows.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import { makeFlow } from '../../world/flows.ts';
import { findLinked } from '../../world/links.ts';
import type { NewDossier } from '../../world/organization.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

const full: Readonly<Record<NewDossier['type'], Partial<NewDossier>>> = {
  candidate: {},
  sales: { contact_person: 'Mark Visser', deal_size: 12.5, deal_currency: 'USD' },
};

/** One of each type with all the texts, then any selection of fields. */
const drafts = (): fc.Arbitrary<NewDossier> =>
  fc.oneof(
    fc.constantFrom<NewDossier[]>(
      ...(['candidate', 'sales'] as const).map((type) => ({
        ...{ type, name: 'Noor Bakker', company: 'Tulp Logistics', role: 'Planner' },
        ...{ phone: '+31 6 12345678', intake_notes: 'Met at the fair.', ...full[type] },
      })),
    ),
    aDossier(),
  );

/** Somebody with details of their own, which are none of the dossier's. */
const person = { full_name: 'Iris Maas', company: 'Linde Retail', role: 'Buyer' };

/** The fields that the list must show. */
const listed = ['company', 'contact_person', 'deal_size', 'deal_currency', 'assigned_to'];

export default defineRule({
  id: 'dossiers/all-fields-together',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-001', 'LG-DOS-024', 'LG-DOS-035', 'LG-DOS-036', 'LG-DOS-037'] as const),
    ...(['LG-DOS-039', 'LG-DOS-040', 'LG-DOS-041', 'LG-DOS-052'] as const),
  ],
  sentence: 'No field of a new dossier is at the cost of another, whichever come together.',
  needs: ['fresh-organizations', 'flows', 'members'],
  check: (world) =>
    world.property(
      [drafts(), fc.option(anEmail(), { nil: undefined }), fc.boolean(), fc.boolean()],
      async (texts, email, assigned, given) => {
        const home = await world.organization();
        const [draft] = plainFlows(1, texts.type);
        const [assigned_to] = home.members;
        if (!draft || assigned_to === undefined) return;
        const { id: flow_id, stages } = await makeFlow(home, draft);
        const contact_id = given ? (await createContact(world, home, person)).id : undefined;
        const sent = {
          ...texts,
          flow_id,
          ...(email && { email }),
          ...(assigned && { assigned_to }),
          ...(contact_id !== undefined && { contact_id }),
        };
        const seen = await createAndSee(world, home, sent);
        const shown = Object.entries(sent).filter(([name]) => listed.includes(name));
        expectKept(seen, Object.fromEntries(shown), ['listed']);
        expectKept(seen, { type: texts.type, name: texts.name }, everywhere);
        expectKept(seen, sent);
        if (contact_id !== undefined) await findLinked(world, home, seen.created.id, contact_id);
        for (const place of everywhere) {
          const { current_stage_id: stage } = seen[place];
          const inside = stages.some(({ id }) => id === stage);
          expectThat(inside, 'a stage of the flow that was given', () => stage);
        }
      },
    ),
  // A server that takes the name of whoever has the address for that of the contact person.
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    ...(body['email'] && body['contact_person'] ? { contact_person: body['name'] } : {}),
  })),
});
