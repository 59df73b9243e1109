import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Location, StrykerOptions } from '@stryker-mutator/api/core';
import {
  commonTokens,
  declareClassPlugin,
  declareFactoryPlugin,
  PluginKind,
  tokens,
} from '@stryker-mutator/api/plugin';
import type { Reporter } from '@stryker-mutator/api/report';
import {
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import type { CheckRule } from '../../../conformance/context/rule.ts';
import { repositoryRoot } from '../../cli/command.ts';
import { mutationRun, type Pass, passOf } from './config.ts';
import { judgeGroup, makeGroup, rotateForWorker } from './group.ts';
import { createMutantJudge, type MutantFinding } from './judge.ts';
import {
  addResults,
  type MutantResult,
  hashOf,
  keyOf,
  readResults,
  readMutantIds,
  type Status,
  takeFingerprint,
  writeMutantIds,
} from './results.ts';
import { measure, orderRules, readMeasured } from './rule-order.ts';
import { type MutantServers, openMutantServers, prepareServer, type ServerCopy } from './server.ts';

/** The number of this judging process. */
const worker = Number(process.env['STRYKER_MUTATOR_WORKER'] ?? 0);

/** @param first - the number of the first line and column: 0 in Stryker's plans, 1 in its reports */
const describeMutant = (mutant: StrykerMutant, first: 0 | 1): Omit<MutantResult, 'fingerprint'> => {
  const { fileName, location, mutatorName: mutator, replacement = '' } = mutant;
  const { start, end } = location;
  const place = [start.line, start.column, end.line, end.column].map(
    (number) => number + 1 - first,
  ) as [number, number, number, number];
  const text = readFileSync(fileName, 'utf8');
  const entry = { file: relative(repositoryRoot, fileName), hash: hashOf(text), place };
  const original = cutOut(text, place);
  return { ...entry, mutator, original, replacement, status: 'Pending' };
};

const cutOut = (
  text: string,
  [line, column, endLine, endColumn]: MutantResult['place'],
): string => {
  const lines = text.split('\n').slice(line - 1, endLine);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, endColumn - 1);
  lines[0] = (lines[0] ?? '').slice(column - 1);
  return lines.join('\n');
};

const toStrykerResult = (finding: MutantFinding): MutantRunResult => {
  if (finding.kind === 'passed') return survived(finding.judged);
  const { kind, reason } = finding;
  if (kind === 'failed') return { ...killed(finding.by, reason), nrOfTests: 1 };
  if (kind === 'endless') return { status: MutantRunStatus.Timeout, reason };
  return { status: MutantRunStatus.Error, errorMessage: reason };
};

const killed = (killedBy: readonly string[], failureMessage: string) => ({
  status: MutantRunStatus.Killed as const,
  killedBy: [...killedBy],
  failureMessage,
});

const survived = (nrOfTests: number) => ({ status: MutantRunStatus.Survived as const, nrOfTests });

const toEarlierResult = ({ status, killedBy = [], reason = '' }: MutantResult): MutantRunResult => {
  if (status === 'Killed') return { ...killed(killedBy, reason), nrOfTests: 0 };
  if (status === 'Timeout') return { status: MutantRunStatus.Timeout, reason };
  if (status === 'Survived') return survived(0);
  return { status: MutantRunStatus.Error, errorMessage: reason };
};

/** The result of a mutant that was judged in a group, if there is one. */
const resultsInGroup = (
  { id: _id, partial: _partial, ...entry }: MutantResult & { readonly id: string },
  finding: MutantFinding | undefined,
): MutantResult[] => {
  if (finding?.kind === 'passed') return [{ ...entry, status: 'Survived' }];
  if (finding?.kind !== 'failed') return [];
  return [{ ...entry, status: 'Killed', killedBy: finding.by, reason: finding.reason }];
};

/**
 * A test runner for Stryker whose tests are the rules of the conformance suite. For each mutant the
 * server is loaded and started again, and judged over HTTP.
 */
class ConformanceRunner implements TestRunner {
  static inject = tokens(commonTokens.options);
  readonly #catchers = new Map<string, string[]>();
  readonly #pass: Pass;
  readonly #fingerprint = takeFingerprint(repositoryRoot);
  #ready: Ready | undefined;

  constructor(options: StrykerOptions) {
    this.#pass = passOf(options);
  }

  capabilities = () => ({ reloadEnvironment: true });

  async init(): Promise<void> {
    // Stryker loads its plugins in processes that judge nothing, too: they don't need the rules.
    const { rules } = await import('../../../conformance/rules/index.ts');
    const checks = rules.filter((rule) => rule.kind === 'check');
    const servers = await openMutantServers({ rules, ...mutationRun });
    this.#ready = { rules: checks, servers, load: await prepareServer(process.cwd()) };
  }

  async dispose(): Promise<void> {
    await this.#ready?.servers.close();
  }

  async dryRun() {
    const { rules, servers, load } = this.#whenReady();
    return { status: DryRunStatus.Complete as const, ...(await measure(rules, servers, load)) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const mutant = { ...describeMutant(options.activeMutant, 0), fingerprint: this.#fingerprint };
    // Another process may have judged it in a group.
    const known = readResults().get(keyOf(mutant));
    if (known && this.#isSettled(known)) return toEarlierResult(known);
    const judge = this.#pass === 'quick' ? this.#judgeQuickly : this.#judge;
    const finding = await judge.call(this, options, known ?? mutant);
    if (finding.kind === 'failed') this.#remember(mutant.file, finding.by);
    return toStrykerResult(finding);
  }

  /** By few rules: first those that caught it before. */
  async #judgeQuickly(options: MutantRunOptions, known: MutantResult): Promise<MutantFinding> {
    if (known.status === 'Survived') return { kind: 'passed', judged: 0 };
    const { killedBy = [], file } = known;
    const catchers = this.#whenReady().rules.filter(({ id }) => killedBy.includes(id));
    const again = catchers.length > 0 ? await this.#run(options, catchers) : undefined;
    if (again?.kind === 'failed') return again;
    return this.#run(options, this.#choose(file, options.testFilter, true));
  }

  /** By all rules: with other survivors of the quick pass, or else alone. */
  async #judge(options: MutantRunOptions, known: MutantResult): Promise<MutantFinding> {
    const shared = known.status === 'Survived' ? await this.#judgeInGroup(known) : undefined;
    return shared ?? this.#run(options, this.#choose(known.file, options.testFilter, false));
  }

  #run({ activeMutant, hitLimit }: MutantRunOptions, rules: readonly CheckRule[]) {
    const { servers, load } = this.#whenReady();
    return createMutantJudge(servers, load)([activeMutant.id], rules, { hitLimit });
  }

  /** The rules that reach the mutant, the likeliest to catch it first. */
  #choose(file: string, filter: readonly string[] | undefined, quick: boolean): CheckRule[] {
    const wanted = filter && new Set(filter);
    const durations = readMeasured(join(process.cwd(), 'measured.json'));
    const checks = this.#whenReady()
      .rules.filter(({ id }) => wanted?.has(id) ?? true)
      .map((rule) => ({ ...rule, duration: durations.get(rule.id) ?? 0 }));
    return orderRules(checks, { file, catchers: this.#catchers.get(file) ?? [], quick });
  }

  /** Judges survivors of the quick pass together, and writes the results. */
  async #judgeInGroup(mutant: MutantResult): Promise<MutantFinding | undefined> {
    const { servers, load } = this.#whenReady();
    const ids = readMutantIds();
    const withId = (entry: MutantResult) => ({ ...entry, id: ids.get(keyOf(entry)) ?? '' });
    const others = [...readResults().values()]
      .filter(
        ({ status, partial, fingerprint }) =>
          status === 'Survived' && partial && fingerprint === this.#fingerprint,
      )
      .map(withId)
      .filter(({ id }) => id !== '');
    const group = makeGroup(withId(mutant), rotateForWorker(others, worker), mutationRun.groupSize);
    const all = this.#choose('', undefined, false);
    const found = await judgeGroup(group, all, createMutantJudge(servers, load));
    addResults(group.flatMap((one) => resultsInGroup(one, found.get(one.id))));
    return found.get(withId(mutant).id);
  }

  /** Whether it need not be judged again. */
  #isSettled({ status, partial, fingerprint }: MutantResult): boolean {
    return (
      fingerprint === this.#fingerprint &&
      status !== 'Pending' &&
      (!partial || this.#pass === 'quick')
    );
  }

  #remember(file: string, by: readonly string[]): void {
    const before = this.#catchers.get(file) ?? [];
    const others = before.filter((id) => !by.includes(id)).slice(0, 7);
    this.#catchers.set(file, [...by.slice(-1), ...others]);
  }

  #whenReady(): Ready {
    if (!this.#ready) throw new Error('The runner was not initialised.');
    return this.#ready;
  }
}

/** Writes the result of each mutant as soon as it is known. */
const createResultsReporter = (options: StrykerOptions): Reporter => {
  const quick = passOf(options) === 'quick';
  const fingerprint = takeFingerprint(repositoryRoot);
  const add = (entries: readonly MutantResult[]): void => {
    const known = readResults();
    addResults(entries.filter((entry) => !isSame(known.get(keyOf(entry)), entry)));
  };
  return {
    onMutationTestingPlanReady: ({ mutantPlans }) => {
      const entries = mutantPlans.map(({ mutant }) => ({
        ...describeMutant(mutant, 0),
        fingerprint,
      }));
      const ids = mutantPlans.map(({ mutant }) => mutant.id);
      writeMutantIds(new Map(entries.map((entry, index) => [keyOf(entry), ids[index] ?? ''])));
      const known = readResults();
      add(entries.filter((entry) => !known.has(keyOf(entry))));
    },
    onMutantTested: (result) => {
      const { status, statusReason: reason, killedBy } = result;
      const partial = quick && ['Survived', 'RuntimeError'].includes(status);
      add([
        {
          ...{ ...describeMutant(result, 1), fingerprint },
          status: statusToKeep(status as Status, reason),
          ...(reason !== undefined && { reason }),
          ...(killedBy && { killedBy }),
          ...(partial && { partial }),
        },
      ]);
    },
  };
};

const isSame = (before: MutantResult | undefined, now: MutantResult): boolean =>
  before?.status === now.status &&
  before.fingerprint === now.fingerprint &&
  (before.partial ?? false) === (now.partial ?? false);

/**
 * The status to write for one of Stryker's: a mutant with too many hits never ends, and is found; one
 * that only took too long was not judged.
 */
export const statusToKeep = (status: Status, reason = ''): Status =>
  status === 'Timeout' && !/hit limit/i.test(reason) ? 'Pending' : status;

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'conformance', ConformanceRunner),
  declareFactoryPlugin(PluginKind.Reporter, 'results', createResultsReporter),
];

interface Ready {
  readonly rules: readonly CheckRule[];
  readonly servers: MutantServers;
  readonly load: () => ServerCopy;
}

/** A mutant in Stryker's reports and plans. */
interface StrykerMutant {
  readonly fileName: string;
  readonly location: Location;
  readonly mutatorName: string;
  readonly replacement?: string | undefined;
}

createResultsReporter.inject = tokens(commonTokens.options);
