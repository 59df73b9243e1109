import { crashOn } from '../../liars/crashes.ts';
import { defineRule } from '../../rule.ts';
import { expectNoFailures, type WrongRequest } from '../../world/clients-errors.ts';

/** JSON texts that are no object, and texts that are no JSON. */
const texts = (right: string): string[] => [
  ...['null', 'true', '42', '"text"', '[]', '[null]', '[[]]', `[${right}]`],
  ...[JSON.stringify(right), '', ' ', '{', '{"name"', 'name=Noor', '<name>Noor</name>'],
  `${'['.repeat(500)}${']'.repeat(500)}`,
];

/** Media types that the body hasn't, that nothing is documented for, or that are none. */
const types: readonly (string | null)[] = [
  ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  ...['application/json; charset=none', 'json', ';', null],
];

export default defineRule({
  id: 'errors/wrong-bodies',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence: 'A body that is no JSON object, or is labelled wrongly, is no failure of the server.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { id, body: media } of world.operations) {
      if (!('application/json' in media)) continue;
      const request = await home.prepare(id);
      const right = JSON.stringify(request.body);
      const bodies = texts(right).map((body): WrongRequest => ({
        ...{ ...request, body, wrong: `the body ${body.slice(0, 40)}` },
        headers: { 'content-type': 'application/json' },
      }));
      // As bytes, so that no media type is made up.
      const bytes = new TextEncoder().encode(right);
      const labels = types.map((type): WrongRequest => ({
        ...{ ...request, body: bytes, wrong: `the media type ${type ?? 'left out'}` },
        headers: { 'content-type': type },
      }));
      const latin: WrongRequest = {
        ...{ ...request, body: Uint8Array.from([...bytes.slice(0, -1), 0x2c, 0x22, 0xe9, 0x22]) },
        ...{ wrong: 'a body that is no UTF-8', headers: { 'content-type': 'application/json' } },
      };
      const none: WrongRequest = { ...request, body: undefined, wrong: 'no body' };
      await expectNoFailures(world, home, id, [...bodies, ...labels, latin, none]);
    }
  },
  liar: crashOn(({ operation, json }) => operation === 'createDossierNote' && Array.isArray(json)),
});
