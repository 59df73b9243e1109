import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Location, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, tokens } from '@stryker-mutator/api/plugin';
import type { Reporter } from '@stryker-mutator/api/report';
import { repositoryRoot } from '../../repository.ts';
import { passOf } from './course.ts';
import { statusToKeep } from './findings.ts';
import { takeFingerprint } from './fingerprint.ts';
import {
  addToLedger,
  hashOf,
  keyOf,
  readLedger,
  writeNumbers,
  type Entry,
  type Status,
} from './ledger.ts';

/** Stryker's view of a mutant, in its reports and in its plans. */
interface Reported {
  readonly fileName: string;
  readonly location: Location;
  readonly mutatorName: string;
  readonly replacement?: string | undefined;
}

/** Writes down what becomes of each mutant as soon as it is known. */
export const createLedgerReporter = (options: StrykerOptions): Reporter => {
  const quick = passOf(options) === 'quick';
  const of = takeFingerprint(repositoryRoot);
  const add = (entries: readonly Entry[]): void => {
    const known = readLedger();
    addToLedger(entries.filter((entry) => !isSame(known.get(keyOf(entry)), entry)));
  };
  return {
    onMutationTestingPlanReady: ({ mutantPlans }) => {
      const entries = mutantPlans.map(({ mutant }) => ({ ...describe(mutant, 0), of }));
      const ids = mutantPlans.map(({ mutant }) => mutant.id);
      writeNumbers(new Map(entries.map((entry, index) => [keyOf(entry), ids[index] ?? ''])));
      const known = readLedger();
      add(entries.filter((entry) => !known.has(keyOf(entry))));
    },
    onMutantTested: (result) => {
      const { status, statusReason: reason, killedBy } = result;
      const inPart = quick && ['Survived', 'RuntimeError'].includes(status);
      add([
        {
          ...{ ...describe(result, 1), of },
          status: statusToKeep(status as Status, reason),
          ...(reason !== undefined && { reason }),
          ...(killedBy && { killedBy }),
          ...(inPart && { inPart }),
        },
      ]);
    },
  };
};

createLedgerReporter.inject = tokens(commonTokens.options);

const isSame = (before: Entry | undefined, now: Entry): boolean =>
  before?.status === now.status &&
  before.of === now.of &&
  (before.inPart ?? false) === (now.inPart ?? false);

/** @param first - the number of the first line and column: 0 in plans, 1 in reports */
export const describe = (mutant: Reported, first: 0 | 1): Omit<Entry, 'of'> => {
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

const cutOut = (text: string, [line, column, endLine, endColumn]: Entry['place']): string => {
  const lines = text.split('\n').slice(line - 1, endLine);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, endColumn - 1);
  lines[0] = (lines[0] ?? '').slice(column - 1);
  return lines.join('\n');
};
