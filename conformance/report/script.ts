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
    ...steps.flatMap((step, index) => formatStep(step, index, index === steps.length - 1, names)),
    `echo`,
    `echo ${quote(`Expected: ${expected}`)}`,
    `echo ${quote(`The run got: ${actual}`)}`,
    '',
  ].join('\n');
};

/** The shell variables for ids that a response brings and a later request needs. */
type Names = ReadonlyMap<string, { readonly name: string; readonly step: number }>;

const namesOfIds = (steps: readonly ReportedExchange[]): Names => {
  const names = new Map<string, { name: string; step: number }>();
  for (const [index, step] of steps.entries()) {
    const id = firstId(step);
    const isNeeded = steps
      .slice(index + 1)
      .some(({ curl }) => id !== undefined && curl.includes(id));
    if (id === undefined || !isNeeded || names.has(id)) continue;
    names.set(id, { name: `ID_${String(index + 1)}`, step: index });
  }
  return names;
};

/** The id that the script will take from a response: the first in its text. */
const firstId = ({ response: { body } }: ReportedExchange): string | undefined => {
  if (body?.encoding !== 'text') return undefined;
  const [, id] = /"id" *: *"([^"]+)"/.exec(body.content) ?? [];
  return id;
};

const formatStep = (
  { operation, curl, response }: ReportedExchange,
  index: number,
  isLast: boolean,
  names: Names,
): string[] => {
  const command = [...names]
    .filter(([, { step }]) => step < index)
    .reduce((text, [id, { name }]) => text.replaceAll(id, insert(text, id, name)), curl);
  const title = comment(
    `${String(index + 1)}. ${operation ?? 'a request'}: ${String(response.status)}`,
  );
  if (isLast) return ['', ...comment('The request in question:'), ...title, command];
  const own = [...names.values()].find(({ step }) => step === index);
  if (!own) return [...title, `${silent(command)} > /dev/null`];
  return [
    ...title,
    `${own.name}=$(${silent(command)} | grep -o '"id" *: *"[^"]*"' | head -n 1 | cut -d '"' -f 4)`,
    `echo "${own.name}=$${own.name}"`,
  ];
};

/** The variable as it must be written where the id stands: outside of single quotes. */
const insert = (command: string, id: string, name: string): string => {
  const before = command.slice(0, command.indexOf(id));
  const isQuoted = (before.split("'").length - 1) % 2 === 1;
  return isQuoted ? `'"$${name}"'` : `$${name}`;
};

/** Without the headers of the response, so that only its body is printed; it fails where curl does. */
const silent = (command: string): string => command.replace(/\bcurl -i\b/, 'curl -sS');

const comment = (text: string): string[] => text.split(/\r?\n/).map((line) => `# ${line}`);

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
