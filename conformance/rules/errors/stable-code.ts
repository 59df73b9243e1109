import { numberErrors } from '../../liars/codes.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';
import { expectSameCode } from '../../world/same-code.ts';
import { isUuid, unknownIdLike } from '../../world/unknown-id.ts';

export default defineRule({
  id: 'errors/stable-code',
  level: 'MUST',
  verifies: ['LG-ERR-003'],
  sentence: 'The same failure bears the same code, however often it happens.',
  needs: [],
  check: async (world) => {
    const { organization, clientWith, operations, expect } = world;
    const home = await organization();
    const nobody = clientWith(undefined);
    for (const { id, parameters } of operations) {
      const request = await home.prepare(id);
      await expectSameCode(401, () => nobody.send(id, request));
      if (!parameters.some((parameter) => parameter.in === 'path')) continue;
      const path = Object.fromEntries(
        Object.entries(request.path ?? {}).map(([name, value]) => [name, unknownIdLike(value)]),
      );
      if (Object.values(request.path ?? {}).every(isUuid)) {
        await expectSameCode(404, () => home.all.send(id, { ...request, path }));
      }
      expect.success(await home.all.send(id, request));
    }
    const create = (type: string) =>
      home.all.send('createDossier', { body: { type, name: 'Noor Bakker' } });
    await expectSameCode(400, (time) => create(`type ${String(time)}`));
    const email = await anUnusedEmail(world, home);
    await createContact(world, home, { full_name: 'Noor Bakker', email });
    await expectSameCode(409, (time) => {
      const body = { full_name: `Number ${String(time)}`, email };
      return home.all.send('createContact', { body });
    });
  },
  liar: numberErrors,
});
