import type { OperationId } from '../openapi/contract.ts';
import type { Requirement } from '../openapi/register.ts';
import { quote } from './curl.ts';
import { reportExchange } from './evidence.ts';
import type { Keyring } from './keyring.ts';
import { nameCredentials } from './naming.ts';
import type { Counterexample, Outcome } from './outcome.ts';
import type { ReportedCounterexample } from './report.ts';
import { createRedaction } from './secrets.ts';

/** What the telling of a counterexample rests on. */
export interface Circumstances {
  readonly register: readonly Requirement[];
  readonly keyring: Keyring;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** The words of a command line that name the target again. */
  readonly options: readonly string[];
}

export const reportCounterexample = (
  { expected, actual, exchanges, falsification, during }: Counterexample,
  { id, verifies }: Outcome,
  { register, keyring, seed, runs, options }: Circumstances,
): ReportedCounterexample => {
  const told = exchanges.slice(-mostExchanges);
  const { held, made, variables } = nameCredentials(told, keyring);
  const redact = createRedaction([...held, ...keyring.environment], made);
  const names = variables.map(({ name }) => name);
  const path = falsification?.path ?? null;
  const repeated = [
    // A rule that looks at every exchange meets this one again where another makes it.
    ...['--only', during ?? id, '--seed', String(seed)],
    ...(path ? ['--path', path] : ['--runs', String(runs)]),
  ];
  return {
    requirements: accused(
      register.filter((requirement) => verifies.includes(requirement.id)),
      exchanges.at(-1)?.operation,
    ).map(({ id: requirement, statement, source }) => ({ id: requirement, statement, source })),
    expected: redact(expected),
    actual: redact(actual),
    earlier: exchanges.length - told.length,
    exchanges: told.map((exchange) => reportExchange(exchange, redact, names)),
    ...{ variables, seed, path, during: during ?? null },
    values: falsification ? redact(falsification.values) : null,
    repeat: ['npx', 'leadgrid-conformance', ...[...repeated, ...options].map(toWord)].join(' '),
  };
};

/** A report must stay readable for programs too, however much a rule sent. */
const mostExchanges = 100;

const toWord = (text: string): string => (/^[\w./:=@,-]+$/.test(text) ? text : quote(text));

/** Of the requirements of a rule, those about the operation at which it failed. */
const accused = (
  requirements: readonly Requirement[],
  operation: OperationId | undefined,
): readonly Requirement[] => {
  const about = requirements.filter(
    ({ concerns }) => concerns.includes('all') || (operation && concerns.includes(operation)),
  );
  return about.length > 0 ? about : requirements;
};
