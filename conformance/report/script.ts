import type { ReportedCounterexample, ReportedExchange, ReportedFinding } from './report.ts';

/**
 * A finding as a script for bash: it asks for the keys, makes what the request in question needs,
 * takes the ids from the responses, and ends with that request and what was expected of it.
 */
export const toScript = (
  { requirements, level, title, rule }: ReportedFinding,
  shown: ReportedCounterexample,
): string => {
  const { expected, actual, exchanges, variables, earlier, shows } = shown;
  const last = shows ?? exchanges.length - 1;
  const steps = exchanges.slice(0, last + 1).filter(({ received }) => !received);
  const names = namesOfIds(steps);
  return [
    '#!/usr/bin/env bash',
    ...comment(`${requirements.join(', ')} ${level}: ${title}`),
    ...comment(`Found by ${rule}.`),
    ...(earlier > 0 ? comment(`${String(earlier)} requests before these are not in it.`) : []),
    'set -euo pipefail',
    '',
    ...variables.flatMap(({ name, origin }) => [
      `if [ -z "\${${name}:-}" ]; then`,
      `  read -r -p ${quote(`${name} (${origin}): `)} ${name}`,
      'fi',
    ]),
    '',
    ...(names.length > 0 ? [...helper, ''] : []),
    ...steps.flatMap((step, index) => formatStep(step, index, index === steps.length - 1, names)),
    `echo`,
    `echo ${quote(`Expected: ${expected}`)}`,
    `echo ${quote(`The run got: ${actual}`)}`,
    '',
  ].join('\n');
};

/** A shell variable for an id that a response brings and a later request needs. */
interface NamedId {
  readonly id: string;
  readonly name: string;
  readonly step: number;
  /** Its place among the ids of the response, from 1. */
  readonly place: number;
}

const namesOfIds = (steps: readonly ReportedExchange[]): NamedId[] => {
  const names: NamedId[] = [];
  for (const [step, exchange] of steps.entries()) {
    const later = steps.slice(step + 1);
    for (const [index, id] of idsIn(exchange).entries()) {
      const isNeeded = later.some(({ curl }) => curl.includes(id));
      if (!isNeeded || names.some((one) => one.id === id)) continue;
      names.push({ id, name: `ID_${String(names.length + 1)}`, step, place: index + 1 });
    }
  }
  return names;
};

/** All ids in a response, in their order. */
const idsIn = ({ response: { body } }: ReportedExchange): string[] =>
  body?.encoding === 'text'
    ? [...body.content.matchAll(/"id" *: *"([^"]+)"/g)].flatMap(([, id]) => id ?? [])
    : [];

const formatStep = (
  { operation, curl, response }: ReportedExchange,
  index: number,
  isLast: boolean,
  names: readonly NamedId[],
): string[] => {
  const command = names
    .filter(({ step }) => step < index)
    .reduce((text, { id, name }) => replaceId(text, id, name), curl);
  const number = `${String(index + 1)}. ${operation ?? 'a request'}: ${String(response.status)}`;
  if (isLast) return ['', ...comment(`The request in question, ${number}`), command];
  const own = names.filter(({ step }) => step === index);
  return [
    ...comment(number),
    `answer=$(${command.replace(/\bcurl -i\b/, 'curl -sS')})`,
    ...own.map(({ name, place }) => `${name}=$(id_of_answer ${String(place)})`),
  ];
};

/** Takes an id from a response by its place there. */
const helper = [
  'id_of_answer() {',
  `  grep -o '"id" *: *"[^"]*"' <<< "$answer" | sed -n "$1p" | cut -d '"' -f 4`,
  '}',
];

/** The command with a variable wherever the id stands: outside of single quotes. */
const replaceId = (command: string, id: string, name: string): string =>
  command.split(id).reduce((before, after) => {
    const isQuoted = (before.split("'").length - 1) % 2 === 1;
    return `${before}${isQuoted ? `'"$${name}"'` : `$${name}`}${after}`;
  });

const comment = (text: string): string[] => text.split(/\r?\n/).map((line) => `# ${line}`);

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
