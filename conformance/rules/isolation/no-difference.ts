import { betrayOwner } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { expectNoDifference } from '../../world/foreign-paths.ts';
import { errorCodeOf } from '../../world/expectations.ts';

export default defineRule({
  id: 'isolation/no-difference',
  level: 'MUST',
  verifies: ['LG-ERR-018'],
  sentence:
    'An id of another organisation in a path is answered with the status and code of an id of nothing.',
  needs: ['second-organization'],
  check: (world) =>
    expectNoDifference(world, ({ response, json }) => ({
      status: response.status,
      code: errorCodeOf(json),
    })),
  liar: betrayOwner('getDossier', { forbid: true }),
});
