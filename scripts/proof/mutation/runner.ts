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
import { course, isQuick } from './course.ts';
import { recall, settle, tell } from './findings.ts';
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
    const { activeMutant } = options;
    const mutant = describe(activeMutant, 0);
    // Another process may have judged it together with its own.
    const known = readLedger().get(keyOf(mutant));
    if (known && this.#isSettled(known)) return recall(known);
    const finding = await this.#judge(mutant, options, known?.inPart ?? false);
    if (finding.kind === 'failed') this.#remember(mutant.file, finding.by);
    return tell(finding);
  }

  /** First by a few rules; then, unless they found it, by all, with others that they didn't find. */
  async #judge(
    mutant: Entry,
    { activeMutant, testFilter, hitLimit }: MutantRunOptions,
    looked: boolean,
  ): Promise<TrialFinding> {
    const { stage, load } = this.#whenReady();
    const tryOut = createTry(stage, load);
    const judge = (quick: boolean): Promise<TrialFinding> =>
      tryOut([activeMutant.id], this.#choose(mutant.file, testFilter, quick), { hitLimit });
    const first = looked ? undefined : await judge(true);
    if (first && (this.#quick || ['failed', 'endless'].includes(first.kind))) return first;
    const shared = first?.kind === 'error' ? undefined : await this.#judgeWithOthers(mutant);
    return shared ?? judge(false);
  }

  /** The rules that a mutant could fail, in the order that is the quickest. */
  #choose(file: string, filter: readonly string[] | undefined, quick = false): CheckRule[] {
    const wanted = filter && new Set(filter);
    const durations = readMeasured(join(process.cwd(), 'measured.json'));
    const checks = this.#whenReady()
      .rules.filter(({ id }) => wanted?.has(id) ?? true)
      .map((rule) => ({ ...rule, duration: durations.get(rule.id) ?? 0 }));
    const killers = this.#killers.get(file) ?? [];
    return chooseRules(checks, { file, killers, quick });
  }

  /** Judges what survived a quick look together with others of its kind, and keeps what is found. */
  async #judgeWithOthers(mutant: Entry): Promise<TrialFinding | undefined> {
    const { stage, load } = this.#whenReady();
    const numbers = readNumbers();
    const numbered = (entry: Entry) => ({ ...entry, id: numbers.get(keyOf(entry)) ?? '' });
    const others = [...readLedger().values()]
      .filter(({ status, inPart }) => status === 'Survived' && inPart)
      .map(numbered)
      .filter(({ id }) => id !== '');
    const group = gather(numbered(mutant), fromOwnPlace(others, worker), course.together);
    const all = this.#choose('', undefined);
    const found = await judgeGroup(group, all, createTry(stage, load));
    addToLedger(group.flatMap((one) => settle(one, found.get(one.id))));
    return found.get(numbered(mutant).id);
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
