import { aText } from '../../arbitraries/text.ts';
import { onForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { addFile, aCv, createByForm, formOf } from '../../world/forms.ts';
import { everywhere, expectKept, see } from '../../world/sightings.ts';

export default defineRule({
  id: 'cv/file-first',
  level: 'MUST',
  verifies: ['LG-CV-001', 'LG-CV-002', 'LG-CV-004'],
  sentence: 'A form means the same in whatever order its fields come, the file first or last.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const create = async (name: string, company: string) => {
      const draft = { type: 'candidate', name, company } as const;
      const form = new FormData();
      addFile(form, 'cv', aCv());
      for (const [field, value] of [...formOf(draft)].reverse()) form.append(field, value);
      const seen = await see(world, home, await createByForm(world, home, form));
      expectKept(seen, { type: draft.type, name }, everywhere);
      expectKept(seen, { company }, ['listed']);
      expectThat(Boolean(seen.created.cv_url), 'cv_url', () => seen.created);
    };
    await create('Noor Bakker', 'Tulp Logistics');
    await world.property([aText(), aText()], create, 5);
  },
  // A server that has read the fields before the file when it is done with the file.
  liar: onForm(['createDossier'], (form) => {
    const fields = [...form];
    const file = fields.findIndex(([name]) => name === 'cv');
    if (file < 0) return form;
    for (const [name] of fields.slice(file + 1)) form.delete(name);
    return form;
  }),
});
