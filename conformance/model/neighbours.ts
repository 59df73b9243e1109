import fc from 'fast-check';
import type { OperationId } from '../../openapi/contract.ts';
import type { World } from '../world/world.ts';
import { command, ordinal, untouched, type Command } from './command.ts';
import { looksAt } from './looks.ts';
import { attemptInVain, pick, type Session } from './session.ts';
import { lookAtAll, openSession, sequenceOf, type Sequences } from './sequence.ts';

/** What belongs to another organisation, by id. */
interface Belongings {
  readonly dossiers: readonly string[];
  readonly contacts: readonly string[];
}

/** The requests that name something of somebody else in their path. */
const trespasses: readonly (readonly [OperationId, keyof Belongings, object?])[] = [
  ['getDossier', 'dossiers'],
  ['updateDossier', 'dossiers', { name: 'Taken over' }],
  ['archiveDossier', 'dossiers'],
  ['listDossierContacts', 'dossiers'],
  ['listDossierNotes', 'dossiers'],
  ['createDossierNote', 'dossiers', { content: 'From next door.' }],
  ['getContact', 'contacts'],
  ['updateContact', 'contacts', { full_name: 'Taken over' }],
  ['deleteContact', 'contacts'],
];

/** Asks for something of the neighbours, which is answered as if it weren't there. */
const trespass = (which: number, number: number, theirs: () => Belongings): Command => {
  const [operation, kind, body] = pick(trespasses, which) ?? ['getDossier', 'dossiers'];
  const words = `${operation} for ${kind} ${ordinal(number)} of the other organisation`;
  return command(words, async (session) => {
    const id = pick(theirs()[kind], number);
    if (id === undefined) return untouched;
    await attemptInVain(session, operation, { path: { id }, ...(body && { body }) }, [404]);
    return untouched;
  });
};

const belongingsOf = ({ oracle }: Session): Belongings => ({
  dossiers: [...oracle.dossiers.keys()],
  contacts: [...oracle.contacts.keys()],
});

/**
 * Lets two organisations work in turn. Each step is done in one of them, or asks there for something
 * of the other; each organisation remains as its own oracle says.
 */
export const runNeighbours = (world: World, sequences: Sequences): Promise<void> => {
  const aTrespass = fc
    .tuple(fc.nat({ max: trespasses.length - 1 }), fc.nat({ max: 5 }))
    .map((numbers) => ({ numbers, toString: () => String(trespass(...numbers, nobodys)) }));
  const aTurn = fc.record({
    theirs: fc.boolean(),
    step: fc.oneof(
      { weight: 3, arbitrary: fc.noShrink(sequences.commands) },
      { weight: 2, arbitrary: aTrespass },
    ),
    eye: fc.noShrink(fc.nat({ max: 7 })),
  });
  const told = aTurn.map((turn) => ({
    ...turn,
    toString: () => `${turn.theirs ? 'the second' : 'the first'}: ${String(turn.step)}`,
  }));
  const run = async (steps: readonly Turn[]) => {
    const first = await openSession(world, sequences);
    const second = await openSession(world, sequences, { second: true });
    for (const session of [first, second]) {
      for (const one of sequences.prelude) await one.run(session);
    }
    for (const { theirs, step, eye } of steps) {
      const [session, other] = theirs ? [second, first] : [first, second];
      const asked = 'numbers' in step ? trespass(...step.numbers, () => belongingsOf(other)) : step;
      await pick(looksAt(session, await asked.run(session)), eye)?.();
    }
    await lookAtAll(first);
    await lookAtAll(second);
  };
  const { length, most = 4 } = sequences;
  return world.property([sequenceOf(told, length)], ({ steps }) => run(steps), most);
};

/** A step in one of the two organisations. */
interface Turn {
  readonly theirs: boolean;
  readonly step: Command | { readonly numbers: [number, number] };
  readonly eye: number;
}

const nobodys = (): Belongings => ({ dossiers: [], contacts: [] });
