import type { Operation } from '../../../openapi/contract.ts';
import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { bodyFields } from '../../world/schema-fields.ts';

const isCreation = ({ method, body }: Operation): boolean =>
  method === 'POST' && 'application/json' in body;

export default defineRule({
  id: 'requests/null-in-required',
  level: 'MUST',
  verifies: ['LG-GEN-059'],
  sentence: 'Null in a required field of a creation is refused.',
  needs: [],
  check: async ({ contract, acceptances, operations, organization, expect }) => {
    const home = await organization();
    for (const { id } of operations.filter(isCreation)) {
      const request = await home.prepare(id);
      for (const { name, isUuid } of bodyFields(contract, id).filter((one) => one.required)) {
        const body = { ...(request.body as object), [name]: null };
        const exchange = await home.all.send(id, { ...request, body });
        // A reference to nothing may be one to a missing thing (LG-LNK-012).
        if (isUuid) expectPermittedRefusal({ acceptances }, exchange, ['LG-LNK-013']);
        else expect.refusal(exchange, 400);
      }
      expect.success(await home.all.send(id, request));
    }
  },
  // It makes text of null.
  liar: onFields((fields) => {
    if ('content' in fields) fields['content'] = String(fields['content']);
  }),
});
