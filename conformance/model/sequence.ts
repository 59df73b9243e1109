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

/** One step of a sequence: who does what, and what is looked at afterwards. */
export interface Step {
  readonly command: Command;
  readonly actor: number;
  readonly eye: number;
}

/** What sequences of a rule are made of. */
export interface Sequences {
  /** What may be done in each step. */
  readonly commands: fc.Arbitrary<Command>;
  /** What is compared with the oracle. */
  readonly aspects: readonly Aspect[];
  /** What is done before, so that commands find something to act on. */
  readonly prelude: readonly Command[];
  /** Whether decisions are what should happen, too. */
  readonly decided?: true;
  /** How many steps a sequence has at most. */
  readonly length?: number;
  /** How many sequences are tried at most. */
  readonly most?: number;
  /** What has to be set up in an organisation first. */
  readonly prepare?: (org: Organization) => Promise<void>;
  /** Who acts in turn; two keys with every scope unless told. */
  readonly actors?: (org: Organization) => Promise<readonly Actor[]>;
}

/** Does the steps, and looks after each at something that it may have changed; at last, at all. */
export const runSequences = (context: RuleContext, sequences: Sequences): Promise<void> => {
  const { commands, length, most = 6 } = sequences;
  const aStep = fc
    .record({ command: fc.noShrink(commands), actor: fc.nat({ max: 3 }), eye: aCheckNumber() })
    .map((step) => ({ ...step, toString: () => `${String(step.command)}${by(step)}` }));
  const sequence = sequenceOf(aStep, length);
  return context.property([sequence], ({ steps }) => runSteps(context, steps, sequences), most);
};

/** Steps in an order, told one after the other. */
export const sequenceOf = <One>(step: fc.Arbitrary<One>, length = 24) => {
  // Each may shrink to nothing, wherever it stands. Without a bias to few steps, since what goes
  // wrong late is what sequences are for. Backwards, since an array shrinks from its front, and what
  // comes after the failure is soonest left out.
  const optional = fc.option(step, { nil: undefined, freq: 40 });
  return fc
    .noBias(fc.array(optional, { minLength: 1, maxLength: length, size: 'max' }))
    .map((some) => asSequence(some.filter((one) => one !== undefined).toReversed()));
};

const asSequence = <One>(steps: readonly One[]) => ({ steps, toString: () => steps.join('; ') });

/** What was acted on is looked at most often. It is told by the exchanges, so it needs no shrinking. */
const aCheckNumber = () => fc.noShrink(fc.oneof(fc.constant(0), fc.nat({ max: 7 })));

const by = ({ actor }: Step): string => (actor === 0 ? '' : ` by key ${String(actor + 1)}`);

/** Does these steps in an organisation of their own, as far as the target has one. */
const runSteps = async (
  context: RuleContext,
  steps: readonly Step[],
  sequences: Sequences,
): Promise<void> => {
  const session = await openModelSession(context, sequences);
  const actors = (await sequences.actors?.(session.org)) ?? (await bothKeys(session.org));
  for (const command of sequences.prelude) await command.run(session);
  for (const { command, actor, eye } of steps) {
    const acting = pick(actors, actor) ?? session.actor;
    const observer = pick(actors, eye)?.lacks.size === 0 ? pick(actors, eye) : undefined;
    const turn = { ...session, actor: acting, observer: observer?.client ?? session.observer };
    await pick(checksOf(turn, await command.run(turn)), eye)?.();
  }
  await checkAll(session);
};

/** Begins work in an organisation, of which nothing is known yet. */
export const openModelSession = async (
  context: RuleContext,
  sequences: Sequences,
  wish: OrganizationOptions = {},
): Promise<ModelSession> => {
  const org = await context.organization(wish);
  await sequences.prepare?.(org);
  return {
    ...{ context, org, actor: { client: org.all, lacks: new Set() }, observer: org.all },
    oracle: createOracle(sequences.decided ?? false),
    flows: await flowsOf(org),
    aspects: new Set(sequences.aspects),
  };
};

const bothKeys = async (org: Organization): Promise<Actor[]> => [
  { client: org.all, lacks: new Set() },
  { client: await org.client(), lacks: new Set() },
];

/** Everything is as the oracle says. */
export const checkAll = async (session: ModelSession): Promise<void> => {
  const { oracle, aspects } = session;
  if (aspects.has('lists')) {
    await checkStatuses(session);
    await checkContactList(session);
  }
  if (aspects.has('stages')) {
    for (const dossier of oracle.dossiers.values()) await checkStageOf(session, dossier);
  }
  // The lists have told of each thing itself.
  const rest = new Set(aspects);
  if (aspects.has('lists')) for (const one of ['fields', 'counts'] as const) rest.delete(one);
  const dossiers = [...oracle.dossiers.keys()];
  const contacts = [...oracle.contacts.keys(), ...oracle.deleted];
  for (const look of checksOf({ ...session, aspects: rest }, { dossiers, contacts })) await look();
};

/** Commands, each as often as its number says. */
export const weighted = (
  ...some: readonly (readonly [number, fc.Arbitrary<Command>])[]
): fc.Arbitrary<Command> => fc.oneof(...some.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** What can be done with dossiers, contacts, links and notes by itself, whoever else is there. */
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
