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
import { fromOwnPlace, gather, judgeGroup } from './group.ts';
import { createMutantJudge, type MutantFinding } from './judge.ts';
import {
  addResults,
  type MutantResult,
  hashOf,
  keyOf,
  readResults,
  readNumbers,
  type Status,
  takeFingerprint,
  writeNumbers,
} from './results.ts';
import { measure, orderRules, readMeasured } from './rule-order.ts';
import { type MutantServers, openMutantServers, prepareServer, type ServerCopy } from './server.ts';

/** The number of this process among those that judge. */
const worker = Number(process.env['STRYKER_MUTATOR_WORKER'] ?? 0);

/** @param first - the number of the first line and column: 0 in plans, 1 in reports */
const describeMutant = (mutant: Reported, first: 0 | 1): Omit<MutantResult, 'of'> => {
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

/** What Stryker is told of a mutant. */
const toStrykerResult = (finding: MutantFinding): MutantRunResult => {
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
const toEarlierResult = ({ status, killedBy = [], reason = '' }: MutantResult): MutantRunResult => {
  if (status === 'Killed') return { ...killed([...killedBy], reason), nrOfTests: 0 };
  if (status === 'Timeout') return { status: MutantRunStatus.Timeout, reason };
  if (status === 'Survived') return survived(0);
  return { status: MutantRunStatus.Error, errorMessage: reason };
};

/** What is written down of a mutant that was judged together with others. */
const entriesOf = (
  { id: _id, partial: _partial, ...entry }: MutantResult & { readonly id: string },
  finding: MutantFinding | undefined,
): MutantResult[] => {
  if (finding?.kind === 'passed') return [{ ...entry, status: 'Survived' }];
  if (finding?.kind !== 'failed') return [];
  return [{ ...entry, status: 'Killed', killedBy: finding.by, reason: finding.reason }];
};

/**
 * A test runner for Stryker whose tests are the rules of the conformance suite. For each mutant the
 * server is loaded and started anew, and judged over HTTP.
 */
class ConformanceRunner implements TestRunner {
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
    const mutant = { ...describeMutant(options.activeMutant, 0), of: this.#of };
    // Another process may have judged it together with its own.
    const known = readResults().get(keyOf(mutant));
    if (known && this.#isSettled(known)) return toEarlierResult(known);
    const judge = this.#pass === 'quick' ? this.#look : this.#judge;
    const finding = await judge.call(this, options, known ?? mutant);
    if (finding.kind === 'failed') this.#remember(mutant.file, finding.by);
    return toStrykerResult(finding);
  }

  /** A quick look; what was found in another state of things tells where to begin. */
  async #look(options: MutantRunOptions, known: MutantResult): Promise<MutantFinding> {
    if (known.status === 'Survived') return { kind: 'passed', judged: 0 };
    const { killedBy = [], file } = known;
    const catchers = this.#whenReady().rules.filter(({ id }) => killedBy.includes(id));
    const again = catchers.length > 0 ? await this.#try(options, catchers) : undefined;
    if (again?.kind === 'failed') return again;
    return this.#try(options, this.#choose(file, options.testFilter, true));
  }

  /** By all rules: with others that a quick look didn't find either, or else alone. */
  async #judge(options: MutantRunOptions, known: MutantResult): Promise<MutantFinding> {
    const shared = known.status === 'Survived' ? await this.#judgeWithOthers(known) : undefined;
    return shared ?? this.#try(options, this.#choose(known.file, options.testFilter, false));
  }

  #try({ activeMutant, hitLimit }: MutantRunOptions, rules: readonly CheckRule[]) {
    const { servers, load } = this.#whenReady();
    return createMutantJudge(servers, load)([activeMutant.id], rules, { hitLimit });
  }

  /** The rules that a mutant could fail, in the order that is the quickest. */
  #choose(file: string, filter: readonly string[] | undefined, quick: boolean): CheckRule[] {
    const wanted = filter && new Set(filter);
    const durations = readMeasured(join(process.cwd(), 'measured.json'));
    const checks = this.#whenReady()
      .rules.filter(({ id }) => wanted?.has(id) ?? true)
      .map((rule) => ({ ...rule, duration: durations.get(rule.id) ?? 0 }));
    return orderRules(checks, { file, catchers: this.#killers.get(file) ?? [], quick });
  }

  /** Judges what survived a quick look together with others of its kind, and keeps what is found. */
  async #judgeWithOthers(mutant: MutantResult): Promise<MutantFinding | undefined> {
    const { servers, load } = this.#whenReady();
    const numbers = readNumbers();
    const numbered = (entry: MutantResult) => ({ ...entry, id: numbers.get(keyOf(entry)) ?? '' });
    const others = [...readResults().values()]
      .filter(({ status, partial, of }) => status === 'Survived' && partial && of === this.#of)
      .map(numbered)
      .filter(({ id }) => id !== '');
    const group = gather(numbered(mutant), fromOwnPlace(others, worker), mutationRun.together);
    const all = this.#choose('', undefined, false);
    const found = await judgeGroup(group, all, createMutantJudge(servers, load));
    addResults(group.flatMap((one) => entriesOf(one, found.get(one.id))));
    return found.get(numbered(mutant).id);
  }

  /** Whether it need not be judged once more. */
  #isSettled({ status, partial, of }: MutantResult): boolean {
    return of === this.#of && status !== 'Pending' && (!partial || this.#pass === 'quick');
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

/** Writes down what becomes of each mutant as soon as it is known. */
const createResultsReporter = (options: StrykerOptions): Reporter => {
  const quick = passOf(options) === 'quick';
  const of = takeFingerprint(repositoryRoot);
  const add = (entries: readonly MutantResult[]): void => {
    const known = readResults();
    addResults(entries.filter((entry) => !isSame(known.get(keyOf(entry)), entry)));
  };
  return {
    onMutationTestingPlanReady: ({ mutantPlans }) => {
      const entries = mutantPlans.map(({ mutant }) => ({ ...describeMutant(mutant, 0), of }));
      const ids = mutantPlans.map(({ mutant }) => mutant.id);
      writeNumbers(new Map(entries.map((entry, index) => [keyOf(entry), ids[index] ?? ''])));
      const known = readResults();
      add(entries.filter((entry) => !known.has(keyOf(entry))));
    },
    onMutantTested: (result) => {
      const { status, statusReason: reason, killedBy } = result;
      const partial = quick && ['Survived', 'RuntimeError'].includes(status);
      add([
        {
          ...{ ...describeMutant(result, 1), of },
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
  before.of === now.of &&
  (before.partial ?? false) === (now.partial ?? false);

/**
 * What is kept of a status that Stryker tells: a mutant that was met too often never ends, and is
 * found; one whose judging merely took too long was not judged.
 */
export const statusToKeep = (status: Status, reason = ''): Status =>
  status === 'Timeout' && !/hit limit/i.test(reason) ? 'Pending' : status;

/** What Stryker gets from here. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'conformance', ConformanceRunner),
  declareFactoryPlugin(PluginKind.Reporter, 'ledger', createResultsReporter),
];

interface Ready {
  readonly rules: readonly CheckRule[];
  readonly servers: MutantServers;
  readonly load: () => ServerCopy;
}

/** Stryker's view of a mutant, in its reports and in its plans. */
interface Reported {
  readonly fileName: string;
  readonly location: Location;
  readonly mutatorName: string;
  readonly replacement?: string | undefined;
}

createResultsReporter.inject = tokens(commonTokens.options);
