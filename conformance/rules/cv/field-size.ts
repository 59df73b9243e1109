import { readContract } from '../../../openapi/contract.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'cv/field-size',
  level: 'SHOULD',
  verifies: ['LG-CV-032'],
  sentence: 'A text in a form may be as large as a JSON body, and no larger.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const limit = world.contract.jsonBodyLimit;
    const form = (size: number) =>
      formOf({ type: 'candidate', name: 'Much to tell', intake_notes: 'n'.repeat(size) });
    const send = (size: number) => home.all.send('createDossier', { body: form(size) });
    world.expect.refusal(await send(limit + 1), 400);
    await createByForm(world, home, form(limit));
  },
  // It cuts texts off where they become too large.
  liar: onForm(['createDossier'], (form) => {
    const notes = form.get('intake_notes');
    if (typeof notes === 'string')
      form.set('intake_notes', notes.slice(0, readContract().jsonBodyLimit));
    return form;
  }),
});
