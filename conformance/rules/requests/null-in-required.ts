import type { OperationId } from '../../../openapi/contract.ts';
import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { bodyFields } from '../../world/schema-fields.ts';

const creations: readonly OperationId[] = [
  'createDossier',
  'createContact',
  'linkDossierContact',
  'createDossierNote',
];

export default defineRule({
  id: 'requests/null-in-required',
  level: 'MUST',
  verifies: ['LG-GEN-059'],
  sentence: 'Null in a required field of a creation is refused.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    for (const { id } of operations.filter((one) => creations.includes(one.id))) {
      const request = await home.prepare(id);
      for (const { name, isUuid } of bodyFields(contract, id).filter((one) => one.required)) {
        const body = { ...(request.body as object), [name]: null };
        // A reference to nothing may be one to a missing thing (LG-LNK-012).
        const statuses = isUuid ? [400, 404] : [400];
        expect.refusalAmong(await home.all.send(id, { ...request, body }), statuses);
      }
      expect.success(await home.all.send(id, request));
    }
  },
  // It makes text of null.
  liar: onFields((fields) => {
    if ('content' in fields) fields['content'] = String(fields['content']);
  }),
});
