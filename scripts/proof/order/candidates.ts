import type { CheckRule } from '../../../conformance/context/rule.ts';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';
import type { CostLine } from './record.ts';
import { requestsOfOneCase } from './sort.ts';

type Costs = ReadonlyMap<string, CostLine>;

/** Milliseconds above which a rule takes too long for hundreds of servers. */
const longest = 1_500;

const mayMatter = (rule: CheckRule, costs: Costs, most: number): boolean => {
  const cost = costs.get(rule.id);
  if (rule.level !== 'MUST' || rule.waits || rule.heavy || !cost) return false;
  return requestsOfOneCase(cost) <= most && cost.milliseconds < longest;
};

const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));
/** The beginning that the requirements of one area of the register share: `LG-CON`. */
const groupOf = (id: string): string => id.slice(0, id.lastIndexOf('-'));

const isRelated = ({ id, verifies }: CheckRule, fault: FaultyServer): boolean =>
  areaOf(id) === areaOf(fault.id) || verifies.some((one) => groupOf(one) === groupOf(fault.breaks));

/** Requests of a rule that is executed on every faulty server of its area. */
const fewRequests = 8;
/** Requests of a rule that is executed where no rule of few requests fails. */
const manyRequests = 100;
/** Tours send many, and find much. */
const isTour = ({ id }: CheckRule): boolean => areaOf(id) === 'tours';

/** The rules that are executed first: tours, and those of few requests. */
export const firstCandidates = (
  fault: FaultyServer,
  rules: readonly CheckRule[],
  costs: Costs,
): CheckRule[] =>
  rules.filter((rule) => {
    if (!mayMatter(rule, costs, isTour(rule) ? manyRequests : fewRequests)) return false;
    return isRelated(rule, fault) || (isTour(rule) && areaOf(fault.id) === 'answers');
  });

/** The rules that are executed on a server that none of the first ones caught. */
export const laterCandidates = (
  fault: FaultyServer,
  rules: readonly CheckRule[],
  costs: Costs,
): CheckRule[] => {
  const earlier = new Set(firstCandidates(fault, rules, costs));
  return rules.filter(
    (rule) =>
      !earlier.has(rule) &&
      (rule.verifies.includes(fault.breaks)
        ? rule.level === 'MUST'
        : mayMatter(rule, costs, manyRequests) && isRelated(rule, fault)),
  );
};
