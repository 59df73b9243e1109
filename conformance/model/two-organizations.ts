import fc from 'fast-check';
import type { OperationId } from '../../openapi/contract.ts';
import type { RuleContext } from '../context/context.ts';
import { checksOf } from './checks.ts';
import {
  attemptRefused,
  type Command,
  command,
  type ModelSession,
  ordinal,
  pick,
  untouched,
} from './command.ts';
import { checkAll, openModelSession, sequenceOf, type Sequences } from './sequence.ts';

/** The ids of another organisation's resources. */
interface OrganizationIds {
  readonly dossiers: readonly string[];
  readonly contacts: readonly string[];
}

/** The requests with an id of another organisation in their path. */
const foreignAttempts: readonly (readonly [OperationId, keyof OrganizationIds, object?])[] = [
  ['getDossier', 'dossiers'],
  ['updateDossier', 'dossiers', { name: 'Taken over' }],
  ['archiveDossier', 'dossiers'],
  ['listDossierContacts', 'dossiers'],
  ['listDossierNotes', 'dossiers'],
  ['createDossierNote', 'dossiers', { content: 'From another organisation.' }],
  ['getContact', 'contacts'],
  ['updateContact', 'contacts', { full_name: 'Taken over' }],
  ['deleteContact', 'contacts'],
];

/** A request for a resource of the other organisation, which is refused with 404. */
const foreignAttempt = (which: number, number: number, theirs: () => OrganizationIds): Command => {
  const [operation, kind, body] = pick(foreignAttempts, which) ?? ['getDossier', 'dossiers'];
  const words = `${operation} for ${kind} ${ordinal(number)} of the other organisation`;
  return command(words, async (session) => {
    const id = pick(theirs()[kind], number);
    if (id === undefined) return untouched;
    const request = { path: { id }, ...(body && { body }) };
    await attemptRefused(session, operation, request, [404], 'foreign');
    return untouched;
  });
};

const idsOfOrganization = ({ oracle }: ModelSession): OrganizationIds => ({
  dossiers: [...oracle.dossiers.keys()],
  contacts: [...oracle.contacts.keys()],
});

/**
 * Runs commands in two organisations in turn. Each step acts in one of them, or requests a
 * resource of the other; each organisation stays as in its own oracle.
 */
export const runTwoOrganizations = (context: RuleContext, sequences: Sequences): Promise<void> => {
  const aTrespass = fc
    .tuple(fc.nat({ max: foreignAttempts.length - 1 }), fc.nat({ max: 5 }))
    .map((numbers) => ({
      numbers,
      toString: () => String(foreignAttempt(...numbers, idsOfNothing)),
    }));
  const aTurn = fc.record({
    theirs: fc.boolean(),
    step: fc.oneof(
      { weight: 3, arbitrary: fc.noShrink(sequences.commands) },
      { weight: 2, arbitrary: aTrespass },
    ),
    observerClient: fc.noShrink(fc.nat({ max: 7 })),
  });
  const aStep = aTurn.map((turn) => ({
    ...turn,
    toString: () => `${turn.theirs ? 'the second' : 'the first'}: ${String(turn.step)}`,
  }));
  const run = async (steps: readonly Turn[]) => {
    const first = await openModelSession(context, sequences);
    const second = await openModelSession(context, sequences, { second: true });
    for (const session of [first, second]) {
      for (const one of sequences.prelude) await one.run(session);
    }
    for (const { theirs, step, observerClient } of steps) {
      const [session, other] = theirs ? [second, first] : [first, second];
      const asked =
        'numbers' in step ? foreignAttempt(...step.numbers, () => idsOfOrganization(other)) : step;
      await pick(checksOf(session, await asked.run(session)), observerClient)?.();
    }
    await checkAll(first);
    await checkAll(second);
  };
  const { length, most = 4 } = sequences;
  return context.property([sequenceOf(aStep, length)], ({ steps }) => run(steps), most);
};

/** A step in one of the two organisations. */
interface Turn {
  readonly theirs: boolean;
  readonly step: Command | { readonly numbers: [number, number] };
  readonly observerClient: number;
}

const idsOfNothing = (): OrganizationIds => ({ dossiers: [], contacts: [] });
