import { randomInt } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { readContract } from '../openapi/contract.ts';
import { readRegister } from '../openapi/register.ts';
import { connectBy } from './commands/connection.ts';
import { type CommandOptions, openSession, type Session } from './commands/session.ts';
import type { Rule } from './context/rule.ts';
import { createTransport } from './http/transport.ts';
import type { Report, ReportedGap, ReportedRule } from './report/report.ts';
import { exitCodeOf } from './report/verdict.ts';
import { formatCounterexample } from './reporters/counterexample.ts';
import { type Kind, kindOf, newSince } from './reporters/summary.ts';
import { createLayout } from './reporters/text.ts';
import { rules } from './rules/index.ts';
import { readOrder } from './rules/order.ts';
import { inOrder } from './runner/order.ts';
import { conclude, type Outcome } from './runner/outcome.ts';
import {
  catalogueOf,
  excuseAmbient,
  type ProfileName,
  profiles,
  readSelection,
  rulesOfProfile,
} from './runner/selection.ts';

/** Which rules the tests execute, and at which target; named like the command-line options. */
export interface ConformanceOptions {
  /** Base URL; the reference server is started when neither it nor a file is named. */
  readonly target?: string;
  readonly config?: string;
  readonly control?: string;
  readonly start?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly profile?: ProfileName;
  /** Generated cases for each property; those of the profile unless given. */
  readonly runs?: number;
  readonly seed?: number;
  /** Whether a deviation from a SHOULD fails its test; otherwise the test is skipped. */
  readonly strict?: boolean;
  /** Milliseconds that one response may take; 10,000 unless said otherwise. */
  readonly timeout?: number;
  /** A PEM file with the certificate authorities to trust, in place of the usual ones. */
  readonly cacert?: string;
  /** Whether any TLS certificate is accepted. */
  readonly insecure?: boolean;
  readonly allowProduction?: boolean;
  /** The variables that hold keys; those of the process unless said otherwise. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The functions of vitest, or of another test runner with the same ones. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (
    name: string,
    test: (context: TestContext) => Promise<void> | void,
    timeout: number,
  ) => unknown;
  readonly beforeAll: (open: () => Promise<void>, timeout: number) => unknown;
  readonly afterAll: (close: () => Promise<void>, timeout: number) => unknown;
}

interface TestContext {
  readonly skip: (note?: string) => unknown;
}

/**
 * Milliseconds that one rule may take: some wait for a rate limit or for many events. Each wait has
 * its own limit.
 */
const longest = 3_600_000;

/**
 * Defines a test for each rule, and a last one for the verdict. A rule that is not verified is
 * skipped with its reason, and fails the last test unless the description of the target omits it.
 *
 * @throws Breakdown when the options name something that doesn't exist
 */
export const describeConformance = (options: ConformanceOptions, runner: TestRunner): void => {
  const { only = [], skip = [], strict } = options;
  const register = readRegister();
  const order = readOrder();
  const profile = rulesOfProfile(options.profile ?? 'standard', order);
  const selection = { only, skip, shard: undefined, profile };
  const leftOut = readSelection(selection, catalogueOf(rules, register, readContract()));
  const chosen = rules.filter((rule) => leftOut(rule) === undefined);
  const outcomes = new Map<string, Outcome>();
  const { opened, open, close } = createSessionHolder(
    {
      ...{ ...readOptions(options), rules, reported: register, leftOut },
      // A configuration may say more.
      gates: { failOn: strict === undefined ? undefined : strict ? 'should' : 'must' },
    },
    options,
  );
  const settle = (outcome: Outcome, context: TestContext): void => {
    outcomes.set(outcome.id, outcome);
    const report = opened().compile([outcome]);
    const [rule] = report.rules;
    if (rule) endTest(rule, report, context);
  };
  runner.describe('the LeadGrid contract', () => {
    runner.beforeAll(open, longest);
    runner.afterAll(close, longest);
    const ids = order.map(({ id }) => id);
    for (const rule of inOrder(chosen, ids, false)) {
      const execute = async (context: TestContext) => {
        settle(await opened().runner.run(rule), context);
      };
      runner.it(titleOf(rule), execute, longest);
    }
    for (const rule of chosen.filter(({ kind }) => kind === 'ambient')) {
      const settleAmbient = (context: TestContext) => {
        const outcomes = opened().runner.ambientOutcomes();
        const own = outcomes.find(({ id }) => id === rule.id);
        if (own) settle(own, context);
      };
      runner.it(titleOf(rule), settleAmbient, longest);
    }
    const checkVerdict = () => {
      const all = rules.map((rule) => outcomes.get(rule.id) ?? notRun(rule, leftOut(rule)));
      const excused = excuseAmbient(all, { partial: only.length > 0, profile }, rules);
      requireConformant(opened().compile(excused));
    };
    runner.it('the verdict is conformant', checkVerdict, longest);
  });
};

/** @throws Error for any other verdict, with what is open */
const requireConformant = (report: Report): void => {
  const { verdict, breakdown, gaps } = report;
  if (exitCodeOf(report) === 0) return;
  const open = gaps.filter(({ state }) => state === 'not-verified' || state === 'error');
  const lead = breakdown
    ? `There is no verdict: ${breakdown.message}.`
    : `The verdict is ${String(verdict)}.`;
  throw new Error([lead, ...open.map(describeGap)].join('\n'));
};

const titleOf = ({ level, id, sentence }: Rule): string => `${level} ${id}: ${sentence}`;

const describeGap = ({ reason, requirements }: ReportedGap): string =>
  `${reason} (${requirements.join(', ')})`;

/** Ends a test like its rule: passed, skipped with the reason, or failed with the counterexample. */
const endTest = (rule: ReportedRule, report: Report, context: TestContext): void => {
  const { outcome, reason, counterexample } = rule;
  if (outcome === 'passed') return;
  const lines = counterexample
    ? formatCounterexample(counterexample, createLayout(false, 100))
    : [];
  const text = [reason ?? rule.sentence, ...lines].join('\n');
  const kind = kindOf(rule, report);
  const counts = kind === 'failure' && report.gates.failOn !== 'none';
  if (kind === 'error' || counts) throw new Error(text);
  const leads: Partial<Record<Kind, string>> = {
    failure: 'A failure, under failOn none. ',
    deviation: 'A deviation from a decision. ',
    new: `A failure ${newSince(report)}. `,
  };
  context.skip((leads[kind] ?? '') + text);
};

const notRun = (rule: Rule, leftOut: string | undefined): Outcome =>
  leftOut === undefined
    ? conclude(rule, { outcome: 'not-verified', reason: 'Its test was not run.' })
    : conclude(rule, { outcome: 'omitted', reason: leftOut });

const readOptions = (options: ConformanceOptions) => ({
  ...{ target: options.target, config: options.config, control: options.control },
  ...{ start: options.start, allowProduction: options.allowProduction ?? false },
  ...{ cacert: options.cacert, insecure: options.insecure },
  ...{ timeout: options.timeout ?? 10_000, seed: options.seed ?? randomInt(2 ** 31) },
  runs: options.runs ?? profiles[options.profile ?? 'standard'].runs,
});

/** Holds the session that is open while the tests run. */
const createSessionHolder = (
  options: CommandOptions,
  { environment = process.env }: ConformanceOptions,
) => {
  let session: Session | undefined;
  const interruption = new AbortController();
  return {
    open: async (): Promise<void> => {
      const err = (): void => undefined;
      const terminal = { environment, err, interruption: interruption.signal };
      const sleepFor = (milliseconds: number) => sleep(milliseconds);
      const clock = { now: Date.now, sleep: sleepFor };
      const network = { terminal, surroundings: clock, connect: createTransport };
      const surroundings = connectBy(options, network);
      session = await openSession(options, { terminal, surroundings });
    },
    opened: (): Session => {
      if (session) return session;
      throw new Error('The target is not open. See the first failure for the reason.');
    },
    close: async (): Promise<void> => {
      interruption.abort();
      await session?.close();
    },
  };
};
