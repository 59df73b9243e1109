import type { Command } from 'commander';
import { readRegister, type Requirement } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { suggest, usageError } from '../errors.ts';
import { createSinceFinder } from '../report/since.ts';
import { rules } from '../rules/index.ts';
import { unlocks } from '../targets/target.ts';
import { type CommandContext, createPaint, type Paint } from './terminal.ts';

/** `explain ID`: everything about one requirement or rule. */
export const addExplain = (program: Command, { terminal, end }: CommandContext): void => {
  program
    .command('explain')
    .argument('<id>', 'of a requirement (LG-CON-001) or a rule (contacts/deletion)')
    .description('explains a requirement or a rule: where it comes from and how it is checked')
    .action((id: string) => {
      const register = readRegister();
      const paint = createPaint(terminal);
      const requirement = register.find((one) => one.id === id.toUpperCase());
      const rule = rules.find((one) => one.id === id);
      if (!requirement && !rule) {
        const known = [...rules, ...register].map((one) => one.id);
        throw usageError(
          `There is no requirement or rule ${id}.${suggest(id, known)} ` +
            '`leadgrid-conformance list` lists the rules, with --requirements the requirements.',
        );
      }
      const lines = [
        ...(requirement ? explainRequirement(requirement, paint) : []),
        ...(rule ? explainRule(rule, register, paint) : []),
      ];
      terminal.out(`${lines.join('\n')}\n`);
      end(0);
    });
};

const explainRequirement = (requirement: Requirement, paint: Paint): string[] => {
  const { id, level, statement, source, since, concerns, why, alternatives = [] } = requirement;
  const stated =
    level === 'MUST'
      ? 'the documentation states it'
      : 'a decision of this kit; the documentation is silent';
  const verifying = rules.filter(({ verifies }) => verifies.includes(id));
  return [
    `${paint('bold', id)}  ${level}: ${stated}`,
    `  ${statement}`,
    '',
    `  Source    ${source}`,
    `  Since     ${since}`,
    `  Concerns  ${concerns.map(describeSubject).join(', ')}`,
    ...(why === undefined ? [] : [`  Why       ${why}`]),
    ...section(
      'Equally legal',
      alternatives.map((alternative) => `    ${alternative.statement}`),
      paint,
    ),
    ...section('How it is checked', explainChecks(requirement, verifying, paint), paint),
  ];
};

const describeSubject = (subject: string): string =>
  ({ all: 'all operations', events: 'all events' })[subject] ?? subject;

const explainChecks = (
  { unobservable }: Requirement,
  verifying: readonly Rule[],
  paint: Paint,
): string[] => {
  if (unobservable !== undefined) return [`    It is not checked. ${unobservable}`];
  return verifying.flatMap((rule) => [
    `    ${rule.id}  ${paint('dim', rule.level)}`,
    `      ${rule.sentence}`,
    ...explainManner(rule).map((line) => `      ${paint('dim', line)}`),
  ]);
};

const explainRule = (rule: Rule, register: readonly Requirement[], paint: Paint): string[] => {
  const verified = register.filter(({ id }) => rule.verifies.includes(id));
  const statements = verified.flatMap(({ id, level, statement, source }) => [
    `    ${id}  ${level}  ${statement}`,
    `      ${paint('dim', source)}`,
  ]);
  const command =
    rule.kind === 'check'
      ? [`    npx leadgrid-conformance --only ${rule.id}`]
      : ['    npx leadgrid-conformance, with any rules'];
  return [
    `${paint('bold', rule.id)}  ${rule.level}, since ${createSinceFinder(register)(rule)}`,
    `  ${rule.sentence}`,
    ...section('Verifies', statements, paint),
    ...section(
      'How',
      explainManner(rule).map((line) => `    ${line}`),
      paint,
    ),
    ...section('Run it with', command, paint),
  ];
};

const explainManner = (rule: Rule): string[] => {
  if (rule.kind === 'ambient' && rule.watches === 'exchanges') {
    return ['It inspects every exchange of every other rule.'];
  }
  if (rule.kind === 'ambient') {
    const needed = rule.needs.map((capability) => `  ${unlocks[capability]}`);
    return [
      'It inspects every request that arrives at an endpoint of another rule.',
      'It needs',
      ...needed,
    ];
  }
  if (rule.needs.length === 0) return ['It needs only a key.'];
  return ['It needs', ...rule.needs.map((capability) => `  ${unlocks[capability]}`)];
};

const section = (title: string, lines: readonly string[], paint: Paint): string[] =>
  lines.length === 0 ? [] : ['', `  ${paint('bold', title)}`, ...lines];
