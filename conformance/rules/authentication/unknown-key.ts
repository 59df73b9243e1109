import fc from 'fast-check';
import { letIn } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectRefusedBesideTwin } from '../../world/twins.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.match(/./g) ?? [];

/** Of either letter case the other. */
const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );

/** Tokens that a careless comparison takes for the key. */
const lookalikes = (key: string, prefix: string): string[] => {
  const rest = key.slice(prefix.length);
  const places = [0, 1, 8, 16, rest.length - 2, rest.length - 1];
  return [
    ...places.map((place) => mutate(key, prefix, place, 'x')),
    ...[key.slice(0, -1), key.slice(0, prefix.length + 8), prefix, `${key}x`, `${key}${key}`],
    ...[prefix + swapCase(rest), prefix + rest.split('').reverse().join('')],
    // What a database or a pattern takes for anything.
    ...['%', '*', '.*', '_'.repeat(rest.length), `${rest.slice(0, 8)}%`].map((end) => prefix + end),
  ].filter((token) => token !== key);
};

/** The key with one character after its prefix changed for another: it was never issued. */
const mutate = (key: string, prefix: string, place: number, letter: string): string => {
  const index = prefix.length + (place % (key.length - prefix.length));
  const other = key[index] === letter ? (letter === 'x' ? 'y' : 'x') : letter;
  return key.slice(0, index) + other + key.slice(index + 1);
};

export default defineRule({
  id: 'authentication/unknown-key',
  level: 'MUST',
  verifies: ['LG-AUT-005'],
  sentence: 'A key that was never issued opens nothing, however much it looks like one.',
  needs: [],
  check: async (world) => {
    const { contract, operations, property, expect } = world;
    const organization = await world.organization();
    const key = await organization.key();
    // A server that keeps what it looked up has seen it now.
    expect.success(await world.clientWith(key).send('listDossiers'));
    for (const token of new Set(lookalikes(key, contract.keyPrefix))) {
      const stranger = world.clientWith(token);
      const send = stranger.send.bind(stranger, 'listDossiers');
      await expectRefusedBesideTwin(world, organization, 'listDossiers', send, [401]);
    }
    await property(
      [
        fc.constantFrom(...operations.map(({ id }) => id)),
        fc.nat({ max: 63 }),
        fc.constantFrom(...letters),
      ],
      async (id, place, letter) => {
        const stranger = world.clientWith(mutate(key, contract.keyPrefix, place, letter));
        const send = stranger.send.bind(stranger, id);
        await expectRefusedBesideTwin(world, organization, id, send, [401]);
      },
    );
  },
  liar: letIn(401),
});
