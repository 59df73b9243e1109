import { letIn } from '../../liars/borders.ts';
import { everyCommand, someOfEach } from '../../model/alphabet.ts';
import { runNeighbours } from '../../model/neighbours.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'sequences/isolation-through-changes',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-ERR-017', 'LG-ERR-019'],
  sentence:
    'Of two organisations at work neither sees or changes anything of the other, at any time.',
  needs: ['second-organization'],
  check: (world) =>
    runNeighbours(world, {
      commands: everyCommand(world.contract),
      aspects: ['fields', 'counts', 'links', 'primaries', 'notes'],
      prelude: someOfEach,
      length: 20,
    }),
  // A server that looks everywhere for what it doesn't find at home.
  liar: letIn('getContact'),
});
