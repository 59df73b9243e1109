/**
 * `npm run proof:order`: measures what each rule costs and catches, sorts the rules by it, and writes
 * `conformance/rules/order.json` and `results/order.md`.
 *
 * Exit codes: 0 written, 1 a profile catches too few, 2 usage, 4 it broke down.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option } from 'commander';
import { format } from 'prettier';
import type { RuleCost } from '../../conformance/rules/order.ts';
import { firstRules } from '../../conformance/runner/order.ts';
import { type ProfileName, profiles } from '../../conformance/runner/selection.ts';
import { main, newCommand, parseOrExit, repositoryRoot } from '../cli/command.ts';
import { faultyServers } from './faulty-servers/faults/index.ts';
import type { FaultyServer } from './faulty-servers/faulty-server.ts';
import { firstCandidates, laterCandidates } from './order/candidates.ts';
import { formatCurve } from './order/curve.ts';
import {
  checks,
  measureCatches,
  measureCost,
  measureProfile,
  type Measuring,
  openMeasuring,
} from './order/measure.ts';
import { keepLine, type OrderRecord, profileKey, readOrderRecord } from './order/record.ts';
import { sortRules } from './order/sort.ts';

const name = 'proof:order';
const parts = ['all', 'costs', 'catches', 'profiles', 'write'] as const;
const command = newCommand(name, 'Sort the rules by what they catch for their requests.')
  .addOption(
    new Option('--part <part>', 'what to measure; write only sorts what was measured')
      .choices(parts)
      .default('all'),
  )
  .option('--missing', 'measure only what the record lacks; continues an interrupted run', false)
  .addHelpText(
    'after',
    '\nThe record is scripts/proof/records/order.ndjson. All of it takes hours.',
  );
parseOrExit(command);
const { part, missing } = command.opts<{ part: (typeof parts)[number]; missing: boolean }>();

const measureCosts = async (measuring: Measuring, record: OrderRecord): Promise<void> => {
  for (const rule of checks) {
    if (missing && record.costs.has(rule.id)) continue;
    const line = await measureCost(measuring, rule);
    keepLine(record, line);
    console.log(`${rule.id}: ${line.requests.join(' + ')} requests, ${line.milliseconds} ms`);
  }
};

/** Executes what may catch a fault: first what is cheap, and the rest where that finds nothing. */
const measureFault = async (
  measuring: Measuring,
  record: OrderRecord,
  fault: FaultyServer,
): Promise<void> => {
  for (const candidates of [firstCandidates, laterCandidates]) {
    const known = missing ? record.catches.get(fault.id) : undefined;
    if (known && known.failed.length > 0 && candidates === laterCandidates) return;
    const chosen = candidates(fault, checks, record.costs).filter(
      ({ id }) => !known?.judged.includes(id),
    );
    if (chosen.length === 0) continue;
    const line = await measureCatches(measuring, fault, chosen);
    keepLine(record, line);
    console.log(`${fault.id}: ${line.failed.length} of ${chosen.length} rules failed`);
    if (line.failed.length > 0) return;
  }
};

/** In an order of its own, so that an interrupted measurement is a fair sample. */
const shuffled = [...faultyServers].sort((one, other) => rankOf(one.id) - rankOf(other.id));

function rankOf(id: string): number {
  return Array.from(id).reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0,
    7,
  );
}

const catchesAtLeast: Partial<Record<ProfileName, number>> = { smoke: 0.75, quick: 0.9 };

const measureProfiles = async (
  measuring: Measuring,
  record: OrderRecord,
  order: readonly RuleCost[],
): Promise<void> => {
  for (const [profile, least] of Object.entries(catchesAtLeast) as [ProfileName, number][]) {
    const ids = firstRules(order, profiles[profile]) ?? new Set();
    const chosen = order.flatMap(({ id }) =>
      checks.filter((rule) => rule.id === id && ids.has(id)),
    );
    let caught = 0;
    for (const { id: fault, ...rest } of shuffled) {
      const known = missing ? record.profiles.get(profileKey({ profile, fault })) : undefined;
      const { runs } = profiles[profile];
      const found =
        known ?? (await measureProfile(measuring, { id: fault, ...rest }, chosen, runs));
      if (found !== known) keepLine(record, { profile, fault, ...found });
      if (found.caughtBy !== null) caught += 1;
    }
    const share = caught / faultyServers.length;
    console.log(`${profile}: ${caught} of ${faultyServers.length} faulty servers caught`);
    if (share < least) process.exitCode = 1;
  }
};

const writeOrder = async (record: OrderRecord): Promise<readonly RuleCost[]> => {
  const sorted = sortRules(
    checks.map(({ id }) => id),
    record,
  );
  const path = join(repositoryRoot, 'conformance/rules/order.json');
  writeFileSync(
    path,
    await format(JSON.stringify({ rules: sorted }), { parser: 'json', printWidth: 100 }),
  );
  return sorted;
};

await main(name, async () => {
  const record = readOrderRecord();
  const measuring = await openMeasuring();
  const isWanted = (one: (typeof parts)[number]): boolean => part === 'all' || part === one;
  try {
    if (isWanted('costs')) await measureCosts(measuring, record);
    if (isWanted('catches')) {
      for (const fault of shuffled) await measureFault(measuring, record, fault);
    }
    const order = await writeOrder(record);
    if (isWanted('profiles')) await measureProfiles(measuring, record, order);
    writeFileSync(join(import.meta.dirname, 'results/order.md'), formatCurve(order, record));
  } finally {
    await measuring.close();
  }
});
