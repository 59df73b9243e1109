import type { FleetResult } from '../fleet/result.ts';
import type { MatrixCell, MatrixRow, Unobservable } from './matrix.ts';
import { row, table } from './rows.ts';

/** How the fleet was judged, and what no client can observe. */
interface Surroundings {
  readonly fleet: Pick<FleetResult, 'seeds' | 'runs'>;
  readonly unobservable: readonly Unobservable[];
}

/** Each statement with the servers that break it, what a kill is, and what is left out. */
export const tellMatrix = (
  matrix: readonly MatrixRow[],
  { fleet: { seeds, runs }, unobservable }: Surroundings,
): string[] => [
  'Each documented statement that a client can see, with the servers that break it, the rules that ' +
    'killed them for that reason, and the tools of others that detect them.',
  'A server is killed when, with every seed, a rule that verifies the statement failed, at an exchange ' +
    'of an operation (or at an event) that the statement concerns, and that rule neither failed nor ' +
    'broke down at the honest server with the same seeds. ' +
    `The seeds are ${seeds.join(', ')}, with ${runs} generated cases for each property. ` +
    'The limit of this: where one rule verifies several statements, its failure does not tell which of ' +
    'them is broken; only the label of the fault does.',
  ...tellUnobservable(unobservable),
  tellRows(matrix),
];

const tellUnobservable = (unobservable: readonly Unobservable[]): string[] => {
  if (unobservable.length === 0) return [];
  const told = unobservable.map(({ requirement, reason }) => `- ${requirement}: ${reason}`);
  return [
    `Not in the table are the documented statements (MUSTs) that no client can observe, ${told.length} in number:`,
    told.join('\n'),
  ];
};

const tellRows = (matrix: readonly MatrixRow[]): string => {
  // How much else a fault breaks is looked at only when `proof:fleet` is asked for it.
  const wide = matrix.some(({ faults }) => faults.some(({ breadth }) => breadth));
  const columns = ['statement', 'faulty server', 'killed by', 'detected by tools of others'];
  return table(
    wide ? [...columns, 'rules failed'] : columns,
    matrix.flatMap(({ requirement, statement, faults }) => {
      const stated = `${requirement}: ${statement}`;
      if (faults.length === 0) return [row(stated, '**none**', '', '', ...(wide ? [''] : []))];
      return faults.map((cell, index) =>
        row(index === 0 ? stated : requirement, ...tellCell(cell), ...(wide ? [narrow(cell)] : [])),
      );
    }),
  );
};

const tellCell = ({ fault, does, killed, by, peers }: MatrixCell): string[] => {
  const rules = killed ? by : ['**got away**', ...by];
  return [`\`${fault}\` ${does}`, rules.join(', '), peers.join(', ')];
};

const narrow = ({ breadth }: MatrixCell): string =>
  breadth ? `${breadth.failed} of ${breadth.judged}` : '';
