import type { Command } from 'commander';
import { readContract } from '../../openapi/contract.ts';
import { readRegister, type Requirement } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { createSinceFinder } from '../report/since.ts';
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
        : listRules(listed, createSinceFinder(register), json, paint);
      terminal.out(`${lines.join('\n')}\n`);
      end(0);
    });
};

interface ListFlags extends NameFlags {
  readonly requirements?: true;
  readonly json?: boolean;
}

/** The version in which a rule first existed. */
type SinceOf = ReturnType<typeof createSinceFinder>;

const listRules = (
  listed: readonly Rule[],
  sinceOf: SinceOf,
  json: boolean,
  paint: Paint,
): string[] => {
  if (json) return writeJson(listed.map((rule) => describeRule(rule, sinceOf(rule))));
  const areas = [...new Set(listed.map(({ id }) => areaOf(id)))];
  return areas.flatMap((area) => {
    const own = listed.filter(({ id }) => areaOf(id) === area);
    return [
      paint('bold', `${area} (${String(own.length)})`),
      ...own.flatMap(writeRules(sinceOf, paint)),
      '',
    ];
  });
};

const writeRules =
  (sinceOf: SinceOf, paint: Paint) =>
  (rule: Rule): string[] => {
    const { id, level, verifies, sentence } = rule;
    const needs = needsOf(rule);
    const needed = needs.length === 0 ? '' : `; needs ${needs.join(', ')}`;
    return [
      `  ${level.padEnd(6)} ${id}`,
      `         ${sentence}`,
      `         ${paint('dim', `${verifies.join(', ')}; since ${sinceOf(rule)}${needed}`)}`,
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
        const { id, area, level, source, statement, since, concerns, unobservable } = requirement;
        const observed = { rules: rulesOf(requirement), unobservable: unobservable ?? null };
        return { id, area, level, source, statement, since, concerns, ...observed };
      }),
    );
  }
  return register.flatMap((requirement) => {
    const { id, level, statement, since, unobservable } = requirement;
    const by = rulesOf(requirement).join(', ') || 'no rule';
    const how = unobservable === undefined ? by : `unobservable: ${unobservable}`;
    return [
      `${level.padEnd(6)} ${id}  ${statement}`,
      `       ${paint('dim', `${how}; since ${since}`)}`,
    ];
  });
};

const describeRule = (rule: Rule, since: string) => {
  const { id, kind, level, verifies, sentence } = rule;
  return { id, area: areaOf(id), kind, level, verifies, sentence, since, needs: needsOf(rule) };
};

const needsOf = (rule: Rule): readonly string[] => ('needs' in rule ? rule.needs : []);

const writeJson = (value: unknown): string[] => [JSON.stringify(value, null, 2)];
