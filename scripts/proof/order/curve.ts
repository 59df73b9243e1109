import type { RuleCost } from '../../../conformance/rules/order.ts';
import { profiles, type ProfileName } from '../../../conformance/runner/selection.ts';
import { row, table } from '../table/markdown-table.ts';
import type { OrderRecord, ProfileLine } from './record.ts';
import { requestsOfOneCase } from './sort.ts';

const budgets = [100, 200, 300, 400, 600, 1_000, 2_000, 3_000, 5_000, Infinity];

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

/** A row for each budget: how many rules it holds, and what they catch. */
const curveRows = (order: readonly RuleCost[], faults: number): string[] =>
  budgets.map((budget) => {
    let [rules, requests, caught] = [0, 0, 0];
    for (const rule of order) {
      if (requests + requestsOfOneCase(rule) > budget) break;
      rules += 1;
      requests += requestsOfOneCase(rule);
      caught += rule.catches[0];
    }
    const name = budget === Infinity ? `all: ${requests}` : `${budget}`;
    return row(name, rules, caught, percent(caught, faults));
  });

const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));

const areaRows = (order: readonly RuleCost[]): string[] => {
  const areas = new Map<string, { rules: number; one: number; usual: number }>();
  for (const rule of order) {
    const area = areas.get(areaOf(rule.id)) ?? { rules: 0, one: 0, usual: 0 };
    const [fixed, perCase] = rule.requests;
    area.rules += 1;
    area.one += fixed + perCase;
    area.usual += fixed + perCase * profiles.standard.runs;
    areas.set(areaOf(rule.id), area);
  }
  return [...areas]
    .sort(([, one], [, other]) => other.usual - one.usual)
    .map(([name, { rules, one, usual }]) => row(name, rules, one, usual));
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? 0;

const profileRow = (name: ProfileName, lines: readonly ProfileLine[]): string => {
  const caught = lines.filter(({ caughtBy }) => caughtBy !== null);
  const seconds = median(caught.map(({ milliseconds }) => milliseconds)) / 1000;
  const requests = median(caught.map((one) => one.requests));
  const share = percent(caught.length, lines.length);
  return row(name, lines.length, caught.length, share, requests, seconds.toFixed(1));
};

/** The published text. */
export const formatCurve = (order: readonly RuleCost[], record: OrderRecord): string => {
  const lines = [...record.profiles.values()];
  const names = [...new Set(lines.map(({ profile }) => profile))];
  const faults = record.catches.size;
  return [
    '# The order of the rules',
    'Written by `npm run proof:order`. `conformance/rules/order.json` has the order itself.',
    '## Faulty servers caught, by requests',
    `Of ${faults} faulty servers, with one generated case for each property. On each server only ` +
      'rules that may concern its fault were executed, and costly ones only where cheap ones found ' +
      'nothing: the true shares are higher.',
    table(['requests', 'rules', 'caught', 'share'], curveRows(order, faults)),
    '## Profiles',
    'Each profile as a whole, on each server, up to the first failure: half of the servers that it ' +
      'catches are caught within this number of requests and seconds.',
    table(
      ['profile', 'servers', 'caught', 'share', 'median requests', 'median seconds'],
      names.map((name) =>
        profileRow(
          name,
          lines.filter(({ profile }) => profile === name),
        ),
      ),
    ),
    '## Requests by area',
    table(
      ['area', 'rules', 'requests with 1 case', `with ${profiles.standard.runs} cases`],
      areaRows(order),
    ),
    '',
  ].join('\n\n');
};
