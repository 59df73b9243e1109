import { join } from 'node:path';
import type { StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  MutantRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import type { CheckRule } from '../../../conformance/rule.ts';
import { course, isQuick } from './course.ts';
import { gather, judgeGroup, type Numbered } from './group.ts';
import { keyOf, readLedger, readNumbers, type Entry } from './ledger.ts';
import { measure, readMeasured } from './measure.ts';
import { chooseRules } from './order.ts';
import { describe } from './reporter.ts';
import { prepareServer, type ServerCopy } from './server-copy.ts';
import { openStage, type Stage } from './stage.ts';
import { createTry, type TrialFinding } from './trials.ts';

interface Ready {
  readonly rules: readonly CheckRule[];
  readonly stage: Stage;
  readonly load: () => ServerCopy;
}

/**
 * A test runner for Stryker whose tests are the rules of the conformance suite. For each mutant the
 * server is loaded and started anew, and judged over HTTP.
 */
export class ConformanceRunner implements TestRunner {
  static inject = tokens(commonTokens.options);
  readonly #known = readLedger();
  readonly #killers = new Map<string, string[]>();
  /** What was found of mutants whose turn hasn't come yet, by their numbers. */
  readonly #settled = new Map<string, TrialFinding>();
  readonly #quick: boolean;
  #ready: Ready | undefined;

  constructor(options: StrykerOptions) {
    this.#quick = isQuick(options);
  }

  capabilities = () => ({ reloadEnvironment: true });

  async init(): Promise<void> {
    // Stryker loads its plugins in processes that judge nothing, too.
    const { rules } = await import('../../../conformance/rules/index.ts');
    const checks = rules.filter((rule) => rule.kind === 'check');
    const stage = await openStage({ rules, ...course });
    this.#ready = { rules: checks, stage, load: await prepareServer(process.cwd()) };
  }

  async dispose(): Promise<void> {
    await this.#ready?.stage.close();
  }

  async dryRun() {
    const { rules, stage, load } = this.#whenReady();
    return { status: DryRunStatus.Complete as const, ...(await measure(rules, stage, load)) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter, hitLimit } = options;
    const mutant = describe(activeMutant, 0);
    const known = this.#known.get(keyOf(mutant));
    if (known && this.#isSettled(known)) return recall(known);
    const chosen = this.#choose(mutant.file, testFilter);
    const { stage, load } = this.#whenReady();
    const tryOut = createTry(stage, load);
    const finding =
      this.#settled.get(activeMutant.id) ??
      (known?.inPart && (await this.#judgeWithOthers({ ...mutant, id: activeMutant.id }))) ??
      (await tryOut([activeMutant.id], chosen, { hitLimit }));
    if (finding.kind === 'failed') this.#remember(mutant.file, finding.by);
    return tell(finding);
  }

  /** The rules that a mutant could fail, in the order that is the quickest. */
  #choose(file: string, filter: readonly string[] | undefined): CheckRule[] {
    const wanted = filter && new Set(filter);
    const durations = readMeasured(join(process.cwd(), 'measured.json'));
    const checks = this.#whenReady()
      .rules.filter(({ id }) => wanted?.has(id) ?? true)
      .map((rule) => ({ ...rule, duration: durations.get(rule.id) ?? 0 }));
    const killers = this.#killers.get(file) ?? [];
    return chooseRules(checks, { file, killers, quick: this.#quick });
  }

  /** Judges what survived a quick look together with others of its kind, and keeps what is found. */
  async #judgeWithOthers(mutant: Numbered): Promise<TrialFinding | undefined> {
    const { stage, load } = this.#whenReady();
    const numbers = readNumbers();
    const others = [...this.#known]
      .filter(([, { status, inPart }]) => status === 'Survived' && inPart)
      .flatMap(([key, { file }]) => (numbers.has(key) ? { file, id: numbers.get(key) ?? '' } : []))
      .filter(({ id }) => !this.#settled.has(id) && id !== mutant.id);
    const group = gather(mutant, others, course.together);
    const all = this.#choose('', undefined);
    const found = await judgeGroup(group, all, createTry(stage, load));
    for (const [id, finding] of found) this.#settled.set(id, finding);
    return found.get(mutant.id);
  }

  /** Whether it need not be judged once more. */
  #isSettled({ status, inPart }: Entry): boolean {
    return status !== 'Pending' && (!inPart || this.#quick);
  }

  #remember(file: string, by: readonly string[]): void {
    const before = this.#killers.get(file) ?? [];
    const others = before.filter((id) => !by.includes(id)).slice(0, 7);
    this.#killers.set(file, [...by.slice(-1), ...others]);
  }

  #whenReady(): Ready {
    if (!this.#ready) throw new Error('The runner was not initialised.');
    return this.#ready;
  }
}

const tell = (finding: TrialFinding): MutantRunResult => {
  if (finding.kind === 'passed') return survived(finding.judged);
  const { kind, reason } = finding;
  if (kind === 'failed') return { ...killed([...finding.by], reason), nrOfTests: 1 };
  if (kind === 'endless') return { status: MutantRunStatus.Timeout, reason };
  return { status: MutantRunStatus.Error, errorMessage: reason };
};

const killed = (killedBy: string[], failureMessage: string) => ({
  status: MutantRunStatus.Killed as const,
  killedBy,
  failureMessage,
});

const survived = (nrOfTests: number) => ({ status: MutantRunStatus.Survived as const, nrOfTests });

/** What was found in a run before this one. */
const recall = ({ status, killedBy = [], reason = '' }: Entry): MutantRunResult => {
  if (status === 'Killed') return { ...killed([...killedBy], reason), nrOfTests: 0 };
  if (status === 'Timeout') return { status: MutantRunStatus.Timeout, reason };
  if (status === 'Survived') return survived(0);
  return { status: MutantRunStatus.Error, errorMessage: reason };
};
