import fc from 'fast-check';
import type { Contract } from '../../openapi/contract.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { flowsOf } from '../fixtures/flows.ts';
import type { OrganizationOptions } from '../targets/target.ts';
import { checksOf } from './checks.ts';
import { type Actor, type Aspect, type Command, type ModelSession, pick } from './command.ts';
import {
  aContactChange,
  aDeletion,
  aNewContact,
  createContactCommand,
} from './contact-commands.ts';
import {
  aChange,
  aMove,
  anArchiving,
  anAssignment,
  aNewDossier,
  aNote,
  aStatusChange,
  createDossierCommand,
} from './dossier-commands.ts';
import { anUpload, aRefusedUpload } from './file-commands.ts';
import { aLink, anUnlinking, aRefusedUnlinking } from './link-commands.ts';
import { checkContactList, checkStageOf, checkStatuses } from './lists.ts';
import { createOracle } from './oracle.ts';
import { aReading } from './read-commands.ts';
import { type ModelRequirements, subjectsOf } from './subjects.ts';

/** One step of a sequence: an actor, a command and a check. */
export interface Step {
  readonly command: Command;
  readonly actor: number;
  readonly observerClient: number;
}

/** The settings of the sequences of a rule. */
export interface Sequences {
  /** The commands of each step. */
  readonly commands: fc.Arbitrary<Command>;
  /** The aspects that are compared with the oracle. */
  readonly aspects: readonly Aspect[];
  /** The commands before the sequence, so that later ones have something to act on. */
  readonly prelude: readonly Command[];
  /** The requirements that each part of the model is compared for. */
  readonly requirements?: ModelRequirements;
  /** Whether decisions are expected too. */
  readonly decided?: true;
  /** The maximum number of steps of a sequence. */
  readonly length?: number;
  /** The maximum number of sequences. */
  readonly most?: number;
  /** Sets up the organisation first. */
  readonly prepare?: (org: Organization) => Promise<void>;
  /** The actors, in turn; by default two keys with every scope. */
  readonly actors?: (org: Organization) => Promise<readonly Actor[]>;
}

/** Runs the steps with a check after each, and all checks at the end. */
export const runSequences = (context: RuleContext, sequences: Sequences): Promise<void> => {
  const { commands, length, most = 6 } = sequences;
  const aStep = fc
    .record({
      command: fc.noShrink(commands),
      actor: fc.nat({ max: 3 }),
      observerClient: aCheckNumber(),
    })
    .map((step) => ({ ...step, toString: () => `${String(step.command)}${by(step)}` }));
  const sequence = sequenceOf(aStep, length);
  return context.property([sequence], ({ steps }) => runSteps(context, steps, sequences), most);
};

/** Steps in order, described one after the other. */
export const sequenceOf = <One>(step: fc.Arbitrary<One>, length = 24) => {
  // Each step may shrink to nothing, wherever it is. Without a bias to few steps, since sequences
  // are for late failures. In reverse order, since an array shrinks from its front, and the steps
  // after the failure can be left out first.
  const optional = fc.option(step, { nil: undefined, freq: 40 });
  return fc
    .noBias(fc.array(optional, { minLength: 1, maxLength: length, size: 'max' }))
    .map((some) => asSequence(some.filter((one) => one !== undefined).toReversed()));
};

const asSequence = <One>(steps: readonly One[]) => ({ steps, toString: () => steps.join('; ') });

/**
 * What was touched is checked most often. The check depends on the exchanges, so it isn't shrunk.
 */
const aCheckNumber = () => fc.noShrink(fc.oneof(fc.constant(0), fc.nat({ max: 7 })));

const by = ({ actor }: Step): string => (actor === 0 ? '' : ` by key ${String(actor + 1)}`);

/** Runs these steps in a new organisation, if the target can provide one. */
const runSteps = async (
  context: RuleContext,
  steps: readonly Step[],
  sequences: Sequences,
): Promise<void> => {
  const session = await openModelSession(context, sequences);
  const actors = (await sequences.actors?.(session.org)) ?? (await bothKeys(session.org));
  for (const command of sequences.prelude) await command.run(session);
  for (const { command, actor, observerClient } of steps) {
    const acting = pick(actors, actor) ?? session.actor;
    const observer =
      pick(actors, observerClient)?.lacks.size === 0 ? pick(actors, observerClient) : undefined;
    const turn = { ...session, actor: acting, observer: observer?.client ?? session.observer };
    await pick(checksOf(turn, await command.run(turn)), observerClient)?.();
  }
  await checkAll(session);
};

/** Starts in an organisation with unknown content. */
export const openModelSession = async (
  context: RuleContext,
  sequences: Pick<Sequences, 'prepare' | 'decided' | 'aspects' | 'requirements'>,
  wish: OrganizationOptions = {},
): Promise<ModelSession> => {
  const org = await context.organization(wish);
  await sequences.prepare?.(org);
  return {
    ...{ context, org, actor: { client: org.all, lacks: new Set() }, observer: org.all },
    oracle: createOracle(sequences.decided ?? false),
    flows: await flowsOf(org),
    aspects: new Set(sequences.aspects),
    say: subjectsOf(context, sequences.requirements),
  };
};

const bothKeys = async (org: Organization): Promise<Actor[]> => [
  { client: org.all, lacks: new Set() },
  { client: await org.client(), lacks: new Set() },
];

/** Everything is as in the oracle. */
export const checkAll = async (session: ModelSession): Promise<void> => {
  const { oracle, aspects } = session;
  if (aspects.has('lists')) {
    await checkStatuses(session);
    await checkContactList(session);
  }
  if (aspects.has('stages')) {
    for (const dossier of oracle.dossiers.values()) await checkStageOf(session, dossier);
  }
  // The lists have shown each resource itself.
  const rest = new Set(aspects);
  if (aspects.has('lists')) for (const one of ['fields', 'counts'] as const) rest.delete(one);
  const dossiers = [...oracle.dossiers.keys()];
  const contacts = [...oracle.contacts.keys(), ...oracle.deleted];
  for (const look of checksOf({ ...session, aspects: rest }, { dossiers, contacts })) await look();
};

/** Commands, weighted by their number. */
export const weighted = (
  ...some: readonly (readonly [number, fc.Arbitrary<Command>])[]
): fc.Arbitrary<Command> => fc.oneof(...some.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** Commands on dossiers, contacts, links and notes that work in a shared organisation. */
export const everyCommand = (contract: Contract): fc.Arbitrary<Command> =>
  weighted(
    [2, aNewDossier()],
    [2, aChange()],
    [2, aStatusChange(contract)],
    [2, aMove()],
    [1, anAssignment()],
    [1, anArchiving()],
    [1, anUpload()],
    [1, aRefusedUpload()],
    [1, aNewContact(contract)],
    [2, aContactChange(contract)],
    [1, aDeletion()],
    [3, aLink(contract)],
    [2, anUnlinking()],
    [1, aRefusedUnlinking()],
    [2, aNote()],
    [1, aReading()],
  );

/** A dossier of each type, and two contacts. */
export const someOfEach: readonly Command[] = [
  createContactCommand({ full_name: 'Noor Bakker' }),
  createContactCommand({ full_name: 'Iris Maas' }),
  createDossierCommand({ draft: { type: 'candidate', name: 'Noor' } }),
  createDossierCommand({ draft: { type: 'sales', name: 'Tulp' }, contact: 1 }),
];
