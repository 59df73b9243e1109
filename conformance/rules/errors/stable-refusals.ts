import { numberErrors } from '../../liars/codes.ts';
import { defineRule } from '../../rule.ts';
import { expectSameCode } from '../../world/same-code.ts';

export default defineRule({
  id: 'errors/stable-refusals',
  level: 'MUST',
  verifies: ['LG-ERR-003'],
  sentence: 'The same refusal for a scope or for the plan bears the same code each time.',
  needs: ['scoped-keys', 'free-plan'],
  check: async ({ operations, organization, expect }) => {
    const [home, free] = [await organization(), await organization({ plan: 'free' })];
    const weak = await home.client({ scopes: [] });
    for (const { id, parameters } of operations) {
      const request = await home.prepare(id);
      await expectSameCode(403, () => weak.send(id, request));
      // What names something might rightly be answered 404 there.
      const named = parameters.some((parameter) => parameter.in === 'path');
      if (!named) await expectSameCode(402, () => free.all.send(id, request));
      expect.success(await home.all.send(id, request));
    }
  },
  liar: numberErrors,
});
