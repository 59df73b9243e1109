import { defineRule, type Liar } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { expectEvents, expectOnly, letPass, listen } from '../../world/events.ts';

/** Keeps count of the changes in the notes. */
const countChanges: Liar = (fetch, name) => {
  let count = 0;
  return async (request) => {
    if (name(request.method, request.url) !== 'updateDossier') return fetch(request);
    count += 1;
    const body = (await request.json()) as object;
    const counted = JSON.stringify({ ...body, intake_notes: `Change ${String(count)}` });
    return fetch(new Request(request.url, { ...partsOf(request), body: counted }));
  };
};

const partsOf = ({ method, headers }: Request) => ({ method, headers: new Headers(headers) });

export default defineRule({
  id: 'webhooks/unchanged',
  level: 'SHOULD',
  verifies: ['LG-WEB-030'],
  sentence: 'A change that gives fields the values that they have already sends nothing.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const kept = { name: 'Noor Bakker', company: 'Tulp Logistics', deal_size: 0.5 };
    const draft = { type: 'sales', deal_currency: 'EUR', ...kept } as const;
    const { id, current_stage_id } = await home.createDossier(draft);
    for (const same of [kept, { current_stage_id }, { status: 'active' } as const, {}]) {
      await change(world, home, id, same);
    }
    // The twin: a change that is one.
    await change(world, home, id, { ...kept, name: 'Iris Smit', current_stage_id });
    await expectEvents(inbox, 'dossier.updated', id, 1);
    await letPass(home, inbox);
    await expectOnly(inbox, id, ['dossier.created', 'dossier.updated']);
  },
  liar: countChanges,
});
