import { defineRule, type Liar } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { retrieve } from '../../world/sightings.ts';

/** Takes a creation that it has seen for a repetition, and answers the first dossier. */
const answerRepetitions: Liar = (fetch, name) => {
  const seen = new Map<string, Response>();
  return async (request) => {
    if (name(request.method, request.url) !== 'createDossier') return fetch(request);
    const body = await request.clone().text();
    const response = seen.get(body) ?? (await fetch(request));
    seen.set(body, response.clone());
    return response;
  };
};

export default defineRule({
  id: 'dossiers/repeated-creation',
  level: 'SHOULD',
  verifies: ['LG-DOS-032'],
  sentence: 'Creating the same dossier twice makes two.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const type of ['candidate', 'sales'] as const) {
      const draft = { type, name: 'Noor Bakker', company: 'Tulp Logistics' };
      const [one, two] = [await home.createDossier(draft), await home.createDossier(draft)];
      expectThat(one.id !== two.id, 'another dossier the second time', () => two.id);
      for (const { id } of [one, two]) await retrieve(world, home, id);
    }
  },
  liar: answerRepetitions,
});
