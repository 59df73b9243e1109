import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import {
  type FaultyServerResult,
  type FaultyServersResult,
  isCaught,
} from '../faulty-servers/result.ts';
import { row, table } from './markdown-table.ts';

/** A documented statement, with the faulty servers that break it. */
interface MatrixRow {
  readonly requirement: RequirementId;
  readonly statement: string;
  readonly faults: readonly FaultyServerResult[];
}

/** The statements that a client can see broken, each with the servers that break it. */
export const makeMatrix = (
  register: readonly Requirement[],
  { faults }: Pick<FaultyServersResult, 'faults'>,
): MatrixRow[] =>
  register.filter(isObservable).map(({ id, statement }) => ({
    requirement: id,
    statement,
    faults: faults.filter(({ breaks }) => breaks === id),
  }));

const isObservable = ({ level, unobservable }: Requirement): boolean =>
  level === 'MUST' && unobservable === undefined;

/** The heading of the matrix, which is the last section of the table. */
export const matrixHeading = '## Statement by fault';

/** The section with each statement, the servers that break it, and the rules that caught them. */
export const formatMatrix = (
  register: readonly Requirement[],
  result: Pick<FaultyServersResult, 'faults' | 'seeds' | 'runs'>,
): string =>
  [
    matrixHeading,
    'Each documented statement that a client can see, with the servers that break it and the rules ' +
      'that caught them.',
    'A server is caught when, with every seed, a rule that verifies the statement fails at an exchange ' +
      'of an operation, or at an event, that the statement concerns. Rules that fail or break down on ' +
      'the unmodified server with the same seeds don’t count. ' +
      `The seeds are ${result.seeds.join(', ')}, with ${result.runs} generated cases for each property. ` +
      'Where one rule verifies several statements, its failure doesn’t say which of them is broken; only ' +
      'the label of the fault does.',
    ...formatUnobservable(register),
    formatRows(makeMatrix(register, result)),
  ].join('\n\n');

/** The documented statements that the matrix leaves out, each with the register's reason. */
const formatUnobservable = (register: readonly Requirement[]): string[] => {
  const items = register.flatMap(({ id, level, unobservable }) =>
    level === 'MUST' && unobservable !== undefined ? [`- ${id}: ${unobservable}`] : [],
  );
  if (items.length === 0) return [];
  return [
    `Not in the table are the ${items.length} documented statements (MUSTs) that no client can observe:`,
    items.join('\n'),
  ];
};

const formatRows = (matrix: readonly MatrixRow[]): string => {
  // `proof:faulty-servers --wide` measures how many other rules fail.
  const wide = matrix.some(({ faults }) => faults.some(({ breadth }) => breadth));
  const breadthOf = ({ breadth }: FaultyServerResult): string =>
    breadth ? `${breadth.failed.length} of ${breadth.judged}` : '';
  const columns = ['statement', 'faulty server', 'caught by'];
  return table(
    wide ? [...columns, 'rules failed'] : columns,
    matrix.flatMap(({ requirement, statement, faults }) => {
      const stated = `${requirement}: ${statement}`;
      if (faults.length === 0) return [row(stated, notBroken, '', ...(wide ? [''] : []))];
      return faults.map((one, index) =>
        row(
          index === 0 ? stated : requirement,
          ...formatFault(one),
          ...(wide ? [breadthOf(one)] : []),
        ),
      );
    }),
  );
};

const [notBroken, notCaught] = ['**none**', '**not caught**'];

const formatFault = (result: FaultyServerResult): string[] => {
  const rules = [...new Set(result.catches.flatMap((one) => one?.rule ?? []))];
  const by = isCaught(result) ? rules : [notCaught, ...rules];
  return [`\`${result.fault}\` ${result.does}`, by.join(', ')];
};

/** What a formatted matrix shows, to compare with the figures. */
export const countFormatted = (matrix: string) => {
  const rows = matrix.split('\n').filter((line) => /^\| LG-/.test(line));
  const statements = rows.filter((line) => /^\| LG-[A-Z]+-\d+:/.test(line)).length;
  const without = rows.filter((line) => line.includes(`| ${notBroken} |`)).length;
  const escaped = rows.filter((line) => line.includes(`| ${notCaught}`)).length;
  const faults = rows.length - without;
  return { statements, broken: statements - without, faults, caught: faults - escaped };
};
