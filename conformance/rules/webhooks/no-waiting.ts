import type { Liar } from '../../rule.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { expectThat } from '../../world/expectations.ts';
import { addNote } from '../../world/notes.ts';

/** What one answer may take while nobody keeps the server from it, in seconds. */
const ample = 2;

const answerLate: Liar = (fetch) => async (request) => {
  const response = await fetch(request);
  await new Promise((resolve) => {
    setTimeout(resolve, 3_000 * ample);
  });
  return response;
};

export default defineRule({
  id: 'webhooks/no-waiting',
  level: 'SHOULD',
  verifies: ['LG-WEB-036'],
  sentence: 'The API answers while a receiver of its events keeps it waiting.',
  needs: ['webhooks', 'own-endpoints'],
  check: async (world) => {
    const home = await world.organization();
    // It never answers at all.
    const inbox = await home.inbox(() => new Promise(() => undefined));
    let answers = 0;
    const work = async (): Promise<void> => {
      const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
      answers += 1;
      await change(world, home, id, { name: 'Iris Smit' });
      answers += 1;
      await addNote(world, home, id, { content: 'Called.' });
      answers += 1;
      await archive(world, home, id);
      answers += 1;
    };
    const working = work();
    // Should it fail when nobody waits for it any more, that is no news.
    working.catch(() => undefined);
    const arrived = await inbox.find(({ event }) => event?.type === 'dossier.created');
    expectThat(arrived !== undefined, 'dossier.created', () => 'nothing');
    if (arrived) inbox.show(arrived);
    // As long as one answer after the other comes, however few a second.
    for (let before = -1; answers > before && answers < 4;) {
      before = answers;
      await Promise.race([working, world.wait(ample)]);
    }
    expectThat(
      answers === 4,
      'answers, whatever the receiver does',
      () => `${String(answers)} of 4`,
    );
  },
  // A server that delivers before it answers.
  liar: answerLate,
});
