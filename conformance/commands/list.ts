import type { Command } from 'commander';
import { readContract } from '../../openapi/contract.ts';
import { readRegister, type Requirement } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { rules } from '../rules/index.ts';
import { areaOf, catalogueOf, readChoice } from '../runner/selection.ts';
import { addNameOptions, type NameFlags } from './options.ts';
import { type CommandContext, createPaint, type Paint } from './terminal.ts';

/** `list`: the rules and requirements of the suite. */
export const addList = (program: Command, { terminal, end }: CommandContext): void => {
  const command = program
    .command('list')
    .description('lists the rules, or the requirements with the rules that verify them');
  addNameOptions(command, 'list')
    .optionsGroup('Output:')
    .option('--requirements', 'the requirements, with the rules that verify them')
    .option('--json', 'print JSON')
    .action(({ only = [], skip = [], requirements, json = false }: ListFlags) => {
      const register = readRegister();
      const choice = readChoice({ only, skip }, catalogueOf(rules, register, readContract()));
      const listed = rules.filter((rule) => choice.isMeant(rule) && !choice.isSkipped(rule));
      const paint = createPaint(terminal);
      const verified = new Set(listed.flatMap(({ verifies }) => [...verifies]));
      const all = only.length + skip.length === 0;
      const about = register.filter(({ id }) => all || verified.has(id));
      const lines = requirements
        ? listRequirements(about, listed, json, paint)
        : listRules(listed, json, paint);
      terminal.out(`${lines.join('\n')}\n`);
      end(0);
    });
};

interface ListFlags extends NameFlags {
  readonly requirements?: true;
  readonly json?: boolean;
}

const listRules = (listed: readonly Rule[], json: boolean, paint: Paint): string[] => {
  if (json) return writeJson(listed.map(describeRule));
  const areas = [...new Set(listed.map(({ id }) => areaOf(id)))];
  return areas.flatMap((area) => {
    const own = listed.filter(({ id }) => areaOf(id) === area);
    return [
      paint('bold', `${area} (${String(own.length)})`),
      ...own.flatMap(writeRules(paint)),
      '',
    ];
  });
};

const writeRules =
  (paint: Paint) =>
  (rule: Rule): string[] => {
    const { id, level, verifies, sentence } = rule;
    const needs = needsOf(rule);
    const needed = needs.length === 0 ? '' : `; needs ${needs.join(', ')}`;
    return [
      `  ${level.padEnd(6)} ${id}`,
      `         ${sentence}`,
      `         ${paint('dim', `${verifies.join(', ')}${needed}`)}`,
    ];
  };

const listRequirements = (
  register: readonly Requirement[],
  listed: readonly Rule[],
  json: boolean,
  paint: Paint,
): string[] => {
  const rulesOf = ({ id }: Requirement): string[] =>
    listed.filter(({ verifies }) => verifies.includes(id)).map((rule) => rule.id);
  if (json) {
    return writeJson(
      register.map((requirement) => {
        const { id, area, level, source, statement, concerns, unobservable } = requirement;
        const observed = { rules: rulesOf(requirement), unobservable: unobservable ?? null };
        return { id, area, level, source, statement, concerns, ...observed };
      }),
    );
  }
  return register.flatMap((requirement) => {
    const { id, level, statement, unobservable } = requirement;
    const by = rulesOf(requirement).join(', ') || 'no rule';
    const how = unobservable === undefined ? by : `unobservable: ${unobservable}`;
    return [`${level.padEnd(6)} ${id}  ${statement}`, `       ${paint('dim', how)}`];
  });
};

const describeRule = (rule: Rule) => {
  const { id, kind, level, verifies, sentence } = rule;
  return { id, area: areaOf(id), kind, level, verifies, sentence, needs: needsOf(rule) };
};

const needsOf = (rule: Rule): readonly string[] => ('needs' in rule ? rule.needs : []);

const writeJson = (value: unknown): string[] => [JSON.stringify(value, null, 2)];
