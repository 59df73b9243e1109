import type { Contract } from '../../openapi/contract.ts';
import type { Requirement } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { readCoverage } from '../report/verdict.ts';
import { conclude, type Outcome } from '../runner/outcome.ts';
import { readScope } from '../runner/selection.ts';
import { type Keys, sameScopes } from '../targets/keys.ts';
import {
  type Capability,
  describeMissing,
  type Omission,
  type Target,
  unlocks,
} from '../targets/target.ts';
import type { Finding } from './findings.ts';

const chapter = 'Verification';

export interface VerificationForecast {
  readonly contract: Contract;
  readonly register: readonly Requirement[];
  readonly rules: readonly Rule[];
  readonly offers: ReadonlySet<Capability>;
  readonly omissions: readonly Omission[];
  /** The keys with certain scopes, for a target without provisioning. */
  readonly scopedKeys: Keys['scoped'];
}

/** What a run can verify at this target, and what would unlock the rest. */
export const forecastVerification = (
  options: VerificationForecast,
): { findings: Finding[]; verifiable: number } => {
  const { contract, register, rules, omissions } = options;
  const { omitted } = readScope(contract, register, omissions);
  const outcomes = rules.map((rule) => expectOutcome(rule, options));
  const requirements = readCoverage(register, outcomes, omitted);
  const inState = (wanted: string) => requirements.filter(({ state }) => state === wanted);
  const open = inState('not-verified');
  const reasons = [...new Set(open.map(({ reason = '' }) => reason))];
  const findings = reasons.map((reason): Finding => {
    const ids = open.filter((one) => one.reason === reason).map(({ id }) => id);
    const text = `${describeCount(ids.length)} unverified.`;
    return { chapter, mark: 'open', text, next: reason, requirements: ids };
  });
  const omittedCount = inState('omitted').length;
  const text = `${String(inState('verified').length)} of ${String(register.length)} requirements can be verified`;
  const aside = [
    ...(omittedCount > 0 ? [`The configuration omits ${String(omittedCount)}.`] : []),
    `No client can observe ${String(inState('unobservable').length)}.`,
  ].join(' ');
  return {
    findings: [
      { chapter, mark: 'ok', text: `${text}. ${aside}` },
      ...findings.sort((one, other) => sizeOf(other) - sizeOf(one)),
    ],
    verifiable: outcomes.filter(({ outcome }) => outcome === 'passed').length,
  };
};

const describeCount = (count: number): string =>
  count === 1 ? '1 requirement stays' : `${String(count)} requirements stay`;

const sizeOf = ({ requirements = [] }: Finding): number => requirements.length;

const expectOutcome = (
  rule: Rule,
  { contract, offers, scopedKeys }: VerificationForecast,
): Outcome => {
  if (!('needs' in rule)) return conclude(rule, { outcome: 'passed' });
  const reason =
    describeMissing(rule, offers) ??
    (rule.needs.includes('scoped-keys') ? describeMissingKeys(contract, scopedKeys) : undefined);
  return conclude(rule, reason ? { outcome: 'not-verified', reason } : { outcome: 'passed' });
};

/** Rules ask for keys with exactly these scopes: none, one, all but one, and what operations need. */
const requestedScopes = ({ scopes, operations }: Contract): readonly (readonly string[])[] => {
  const needed = Object.values(operations).map((operation) => operation.scopes);
  const single = scopes.map((scope) => [scope]);
  const others = scopes.map((scope) => scopes.filter((one) => one !== scope));
  const all = [[], ...single, ...needed, ...others];
  return all.filter((one, index) => all.findIndex((first) => sameScopes(first, one)) === index);
};

const describeMissingKeys = (contract: Contract, scoped: Keys['scoped']): string | undefined => {
  if (scoped === undefined) return undefined;
  const missing = requestedScopes(contract).filter(
    (wanted) => !scoped.some(({ scopes }) => sameScopes(scopes, wanted)),
  );
  if (missing.length === 0) return undefined;
  const names = missing.map((scopes) => describeScopes(scopes, contract.scopes));
  return `It needs keys with exactly these scopes under keys.byScopes: ${names.join('; ')}.`;
};

const describeScopes = (scopes: readonly string[], all: readonly string[]): string => {
  const others = all.filter((scope) => !scopes.includes(scope));
  if (scopes.length === 0) return 'none';
  return others.length === 1 ? `all but ${others.join('')}` : scopes.join(' and ');
};

const provisioningChapter = 'Provisioning';

/** Describes what the suite can do at the target beyond calling the API. */
export const describeProvisioning = (
  { offers, intention }: Pick<Target, 'offers' | 'intention'>,
  by: string,
): Finding[] => {
  const all = Object.keys(unlocks) as Capability[];
  const offered = all.filter((capability) => offers.has(capability)).map(nameOfCapability);
  const lacking = all.filter((capability) => !offers.has(capability)).map(nameOfCapability);
  const text = `${by}: ${offered.length === 0 ? 'one organisation' : offered.join(', ')}.`;
  const createsOrganizations = offers.has('fresh-organizations');
  return [
    { chapter: provisioningChapter, mark: 'ok', text },
    ...(createsOrganizations && lacking.length > 0
      ? [
          {
            chapter: provisioningChapter,
            mark: 'warn',
            text: `The target lacks ${lacking.join(', ')}.`,
          } as const,
        ]
      : []),
    { chapter: provisioningChapter, mark: 'ok', text: `In a run: ${intention}` },
  ];
};

/** The name of a capability, without the way to get it in parentheses. */
const nameOfCapability = (capability: Capability): string =>
  unlocks[capability].replace(/ \(.*$/, '');
