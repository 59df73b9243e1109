import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedWord } from '../../world/contacts.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { flowsOf } from '../../world/flows.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { unknownIdLike } from '../../world/unknown-id.ts';

/** What may be named, and the decision on how a name of nothing is refused. */
const references = [
  ['flow_id', 'LG-DOS-027'],
  ['contact_id', 'LG-DOS-055'],
] as const;

export default defineRule({
  id: 'cv/form-references',
  level: 'MUST',
  verifies: ['LG-CV-004', 'LG-DOS-026', 'LG-DOS-054'],
  sentence: 'A form that names a flow or a contact that does not exist is refused, as JSON is.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const word = await anUnusedWord(world, home);
    const [flow] = await flowsOf(home);
    const unknown = unknownIdLike(flow?.id ?? 'b83e17d4-6a2f-4c95-8e01-39fd5c7260ea');
    for (const [field, decision] of references) {
      for (const files of [[], [aCv()]]) {
        const draft = { type: 'candidate', name: `For no ${field} of ${word}` } as const;
        const body = formOf({ ...draft, [field]: unknown }, ...files);
        const refused = await home.all.send('createDossier', { body });
        expectPermittedRefusal(world, refused, [decision]);
        await expectNoneNamed(world, home, draft.name);
        await createByForm(world, home, formOf({ ...draft, name: 'Without' }, ...files));
      }
    }
  },
  // A server that overlooks in forms what it doesn't find.
  liar: onForm(['createDossier'], (form) => {
    form.delete('flow_id');
    return form;
  }),
});
