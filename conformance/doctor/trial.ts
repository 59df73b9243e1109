import { Breakdown, messageOf } from '../errors.ts';
import {
  type Capability,
  type FlowDraft,
  type Target,
  type TargetOrganization,
  Unavailable,
} from '../targets/target.ts';
import type { Finding } from './findings.ts';
import type { OpeningKey } from './reachability.ts';

const chapter = 'Provisioning';

export interface TrialOptions {
  readonly provided: Pick<Target, 'offers' | 'organization'>;
  /** What the functions belong to, such as `provision`, as the beginning of their names. */
  readonly by: string;
  /** What makes keys, inside a sentence. */
  readonly keyName: string;
  readonly exists: (name: TriedFunction) => boolean;
  /** A plan of the contract with API access, and a type of dossier. */
  readonly plan: string;
  readonly flowType: string;
  /** Creates a contact with a key, and returns its id; undefined if the target doesn't. */
  readonly createContact: (key: string) => Promise<string | undefined>;
  /** Sends a read with a key; its response doesn't matter. */
  readonly read: (key: string) => Promise<unknown>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type TriedFunction =
  | ('createOrganization' | 'members' | 'createKey' | 'createMember' | 'createFlow')
  | ('createEndpoint' | 'setPoolWindow' | 'setRateLimit' | 'changePlan' | 'failNext')
  | 'deleteOrganization';

/** What was found by calling the functions, and the key of an organisation that they made. */
export interface Trial {
  readonly findings: readonly Finding[];
  readonly key: OpeningKey | undefined;
}

/**
 * Calls each function that provides something at a target once, in an organisation of its own if they create
 * any; closing its key deletes it again if they can. What they return is described, not shown: it may be secret.
 */
export const tryProvided = async (options: TrialOptions): Promise<Trial> => {
  const findings: Finding[] = [];
  const attempt = createAttempt(options, findings);
  const made = await attempt(
    'createOrganization',
    () => options.provided.organization({}),
    (one) =>
      one.members.length === 0
        ? 'an organisation'
        : `an organisation with ${count(one.members.length)}`,
  );
  if (!made) return { findings, key: undefined };
  if (options.exists('members')) {
    const text = `${options.by}members: ${count(made.members.length)}.`;
    findings.push({ chapter, mark: 'ok', text });
  }
  const value = await attempt(
    'createKey',
    () => made.key({}),
    (key) => `a key of ${String(key.length)} characters`,
  );
  await tryCreations(made, options, attempt);
  await tryPool(made, value, options, attempt, findings);
  await trySettings(made, value, options, attempt);
  const close = async (): Promise<void> => {
    await attempt(
      'deleteOrganization',
      () => made.release(),
      (gone) => (gone ? 'done' : 'not deleted'),
    );
    const left = options.exists('createOrganization') && !options.exists('deleteOrganization');
    const text = 'The organisation of the trial stays at the target.';
    if (left) findings.push({ chapter, mark: 'warn', text });
  };
  if (value !== undefined && options.exists('createOrganization')) {
    return { findings, key: { name: options.keyName, value, close } };
  }
  await close();
  return { findings, key: undefined };
};

const count = (members: number): string => `${String(members)} member${members === 1 ? '' : 's'}`;

type Attempt = <Value>(
  name: TriedFunction,
  call: () => Promise<Value>,
  describe?: (value: Value) => string,
) => Promise<Value | undefined>;

/** Calls a function that exists, and adds a finding about it. */
const createAttempt =
  ({ by, exists, now }: TrialOptions, findings: Finding[]): Attempt =>
  async (name, call, describe = () => 'done') => {
    // An organisation of the keys isn't created, but needed by the others.
    const silent = !exists(name);
    if (silent && name !== 'createOrganization' && name !== 'createKey') return undefined;
    const began = now();
    try {
      const value = await call();
      const took = `${String(Math.round(now() - began))} ms`;
      if (!silent)
        findings.push({
          chapter,
          mark: 'ok',
          text: `${by}${name}: ${describe(value)}, in ${took}.`,
        });
      return value;
    } catch (thrown) {
      findings.push(describeFailure(`${by}${name}`, thrown));
      return undefined;
    }
  };

const describeFailure = (name: string, thrown: unknown): Finding => {
  if (thrown instanceof Unavailable) {
    return { chapter, mark: 'warn', text: `${name} is unavailable: ${thrown.message}` };
  }
  const text =
    thrown instanceof Breakdown ? thrown.message : `${name} failed: ${messageOf(thrown)}.`;
  const mark = thrown instanceof Breakdown && thrown.exitCode === 2 ? 'wrong' : 'down';
  return { chapter, mark, text };
};

const tryCreations = async (
  made: TargetOrganization,
  { flowType }: TrialOptions,
  attempt: Attempt,
): Promise<void> => {
  await attempt(
    'createMember',
    () => made.createMember('Trial Member'),
    () => 'an id',
  );
  const stages = [{ name: 'First', position: 1 }];
  const flow: FlowDraft = { name: 'Trial', type: flowType, is_default: false, stages };
  await attempt(
    'createFlow',
    () => made.createFlow(flow),
    () => 'a flow with an id',
  );
};

/** A contact is needed for this one, which only the API creates. */
const tryPool = async (
  made: TargetOrganization,
  key: string | undefined,
  { by, exists, createContact }: TrialOptions,
  attempt: Attempt,
  findings: Finding[],
): Promise<void> => {
  if (!exists('setPoolWindow')) return;
  const contact = key === undefined ? undefined : await createContact(key).catch(() => undefined);
  if (contact !== undefined) {
    await attempt('setPoolWindow', () => made.setPoolWindow(contact, 3_600));
    return;
  }
  const text = `${by}setPoolWindow was not tried: the target created no contact for it.`;
  findings.push({ chapter, mark: 'warn', text });
};

const trySettings = async (
  made: TargetOrganization,
  key: string | undefined,
  { plan, read }: TrialOptions,
  attempt: Attempt,
): Promise<void> => {
  await attempt('setRateLimit', () => made.setRateLimit(600, 60));
  await attempt('changePlan', () => made.changePlan(plan));
  const failed = await attempt('failNext', () => made.failNext('request').then(() => true));
  // Nobody else should meet the failure.
  if (failed && key !== undefined) await read(key).catch(() => undefined);
  // Nothing listens there; the last step, so that nothing causes an event.
  const nowhere = 'http://127.0.0.1:9/trial';
  await attempt(
    'createEndpoint',
    () => made.createEndpoint(nowhere),
    () => 'an endpoint with a secret',
  );
};

/** The functions of a control API, by what it offers. */
export const offeredFunctions = (offers: ReadonlySet<Capability>): ReadonlySet<TriedFunction> => {
  const by: Readonly<Partial<Record<Capability, readonly TriedFunction[]>>> = {
    'fresh-organizations': ['createOrganization', 'createKey', 'deleteOrganization'],
    'more-members': ['createMember'],
    flows: ['createFlow'],
    'own-endpoints': ['createEndpoint'],
    'talent-pool': ['setPoolWindow'],
    'rate-limit': ['setRateLimit'],
    'plan-change': ['changePlan'],
    faults: ['failNext'],
  };
  return new Set([...offers].flatMap((capability) => by[capability] ?? []));
};
