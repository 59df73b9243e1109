import { parseJson } from '../../world/exchange.ts';
import { everyCommand, someOfEach, weighted } from '../../model/alphabet.ts';
import { aRefusal } from '../../model/commands/refusals.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Leaves what it refused in the transaction, without the reference that was wrong with it. */
const commitLater: Liar = (fetch) => {
  const pending: Request[] = [];
  return async (request) => {
    const copy = request.clone();
    const response = await fetch(request);
    if (request.method !== 'POST') return response;
    if (response.ok) for (const late of pending.splice(0)) await fetch(late);
    const sent = (parseJson(await copy.clone().text()) ?? {}) as Record<string, unknown>;
    const refers = 'contact_id' in sent || 'flow_id' in sent;
    if (response.ok || !refers || !('name' in sent)) return response;
    const rest = { ...sent, contact_id: undefined, flow_id: undefined };
    pending.push(new Request(copy, { body: JSON.stringify(rest) }));
    return response;
  };
};

export default defineRule({
  id: 'sequences/refusals-leave-nothing',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-026', 'LG-DOS-054', 'LG-DOS-084', 'LG-LNK-012'] as const),
    ...(['LG-NOT-009', 'LG-CON-074'] as const),
  ],
  sentence: 'What is refused leaves nothing behind, then or by anything that is done later.',
  needs: ['fresh-organizations'],
  check: (world) =>
    runSequences(world, {
      commands: weighted([4, aRefusal()], [3, everyCommand(world.contract)]),
      aspects: ['fields', 'links', 'primaries', 'notes', 'lists'],
      prelude: someOfEach,
      most: 8,
    }),
  liar: commitLater,
});
