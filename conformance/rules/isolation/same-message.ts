import { betrayOwner } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { expectNoDifference } from '../../world/foreign-paths.ts';
import { toldOf } from '../../world/told.ts';

export default defineRule({
  id: 'isolation/same-message',
  level: 'SHOULD',
  verifies: ['LG-ERR-029'],
  sentence:
    'An id of another organisation in a path is answered with the message of an id of nothing.',
  needs: ['second-organization'],
  check: (world) => expectNoDifference(world, (exchange, ids) => toldOf(exchange, ...ids)),
  liar: betrayOwner('getDossier'),
});
