import { join } from 'node:path';
import type { StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import type { CheckRule } from '../../../conformance/rule.ts';
import { repositoryRoot } from '../../repository.ts';
import { course, passOf, type Pass } from './course.ts';
import { recall, settle, tell } from './findings.ts';
import { takeFingerprint } from './fingerprint.ts';
import { fromOwnPlace, gather, judgeGroup } from './group.ts';
import { addToLedger, keyOf, readLedger, readNumbers, type Entry } from './ledger.ts';
import { measure, readMeasured } from './measure.ts';
import { chooseRules } from './order.ts';
import { describe } from './reporter.ts';
import { prepareServer, type ServerCopy } from './server-copy.ts';
import { openStage, type Stage } from './stage.ts';
import { createTry, type TrialFinding } from './trials.ts';

/** The number of this process among those that judge. */
const worker = Number(process.env['STRYKER_MUTATOR_WORKER'] ?? 0);

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
  readonly #killers = new Map<string, string[]>();
  readonly #pass: Pass;
  readonly #of = takeFingerprint(repositoryRoot);
  #ready: Ready | undefined;

  constructor(options: StrykerOptions) {
    this.#pass = passOf(options);
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
    const mutant = { ...describe(options.activeMutant, 0), of: this.#of };
    // Another process may have judged it together with its own.
    const known = readLedger().get(keyOf(mutant));
    if (known && this.#isSettled(known)) return recall(known);
    const judge = this.#pass === 'quick' ? this.#look : this.#judge;
    const finding = await judge.call(this, options, known ?? mutant);
    if (finding.kind === 'failed') this.#remember(mutant.file, finding.by);
    return tell(finding);
  }

  /** A quick look; what was found in another state of things tells where to begin. */
  async #look(options: MutantRunOptions, known: Entry): Promise<TrialFinding> {
    if (known.status === 'Survived') return { kind: 'passed', judged: 0 };
    const { killedBy = [], file } = known;
    const killers = this.#whenReady().rules.filter(({ id }) => killedBy.includes(id));
    const again = killers.length > 0 ? await this.#try(options, killers) : undefined;
    if (again?.kind === 'failed') return again;
    return this.#try(options, this.#choose(file, options.testFilter, true));
  }

  /** By all rules: with others that a quick look didn't find either, or else alone. */
  async #judge(options: MutantRunOptions, known: Entry): Promise<TrialFinding> {
    const shared = known.status === 'Survived' ? await this.#judgeWithOthers(known) : undefined;
    return shared ?? this.#try(options, this.#choose(known.file, options.testFilter, false));
  }

  #try({ activeMutant, hitLimit }: MutantRunOptions, rules: readonly CheckRule[]) {
    const { stage, load } = this.#whenReady();
    return createTry(stage, load)([activeMutant.id], rules, { hitLimit });
  }

  /** The rules that a mutant could fail, in the order that is the quickest. */
  #choose(file: string, filter: readonly string[] | undefined, quick: boolean): CheckRule[] {
    const wanted = filter && new Set(filter);
    const durations = readMeasured(join(process.cwd(), 'measured.json'));
    const checks = this.#whenReady()
      .rules.filter(({ id }) => wanted?.has(id) ?? true)
      .map((rule) => ({ ...rule, duration: durations.get(rule.id) ?? 0 }));
    return chooseRules(checks, { file, killers: this.#killers.get(file) ?? [], quick });
  }

  /** Judges what survived a quick look together with others of its kind, and keeps what is found. */
  async #judgeWithOthers(mutant: Entry): Promise<TrialFinding | undefined> {
    const { stage, load } = this.#whenReady();
    const numbers = readNumbers();
    const numbered = (entry: Entry) => ({ ...entry, id: numbers.get(keyOf(entry)) ?? '' });
    const others = [...readLedger().values()]
      .filter(({ status, inPart, of }) => status === 'Survived' && inPart && of === this.#of)
      .map(numbered)
      .filter(({ id }) => id !== '');
    const group = gather(numbered(mutant), fromOwnPlace(others, worker), course.together);
    const all = this.#choose('', undefined, false);
    const found = await judgeGroup(group, all, createTry(stage, load));
    addToLedger(group.flatMap((one) => settle(one, found.get(one.id))));
    return found.get(numbered(mutant).id);
  }

  /** Whether it need not be judged once more. */
  #isSettled({ status, inPart, of }: Entry): boolean {
    return of === this.#of && status !== 'Pending' && (!inPart || this.#pass === 'quick');
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
