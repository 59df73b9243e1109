import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Misuse, openDraft, placeholder, type Scaffold } from './draft.ts';
import { readPackageVersion } from '../cli/command.ts';
import { compareVersions } from '../../openapi/versions.ts';
import { addImport, camelCase, insertBefore, requireForm } from './source-text.ts';

const rulesFolder = 'conformance/rules';

export interface RuleOptions {
  /** The ids of the register that the rule verifies; its level is theirs. */
  readonly verifies: readonly string[];
  /** The file of its area; by default one named like the rule. */
  readonly topic?: string | undefined;
  /** The version of the package; that of its file unless given. */
  readonly version?: string;
}

/**
 * A rule in its topic file, which breaks down until its check is written, and isn't caught until
 * its fault is.
 *
 * @throws Misuse for a name that exists or has another form, and for unknown entries
 */
export const scaffoldRule = async (
  root: string,
  id: string,
  { verifies, topic, version = readPackageVersion(root) }: RuleOptions,
): Promise<Scaffold> => {
  requireForm(id, /^[a-z]+\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a rule', 'contacts/search-case');
  const [area = '', name = ''] = id.split('/');
  requireArea(root, area);
  requireNewId(root, id);
  const entries = readEntries(root, verifies);
  const level = levelOf(entries);
  const file = `${rulesFolder}/${area}/${topicName(topic ?? name)}.ts`;
  const draft = openDraft(root);
  if (!draft.exists(file)) draft.write(file, 'export default [] satisfies readonly Rule[];\n');
  const ambient = area === 'ambient';
  const define = ambient ? 'defineAmbientRule' : 'defineRule';
  const constant = constantFor(name, draft.read(file));
  const facts = { id, level, verifies, since: sinceOf(entries, version) };
  const definition = ambient ? ambientRule(facts) : checkRule(facts);
  draft.change(file, (text) => {
    const withRule = insertBefore(
      text,
      listAtEnd,
      `const ${constant} = ${define}(${definition});\n\n`,
    );
    const listed = withRule.replace(listAtEnd, (_, list: string) => {
      const before = list.trim().replace(/,$/, '');
      return `export default [${before}${before === '' ? '' : ', '}${constant}] satisfies readonly Rule[];`;
    });
    const imported = addImport(listed, '../../context/rule.ts', [define, 'type Rule']);
    return addImport(imported, '../../faults/inject.ts', ['onResponse']);
  });
  return { files: await draft.finish(), generates: 'rules', next: nextSteps(file, id) };
};

/** The list that each topic file ends with. */
const listAtEnd = /^export default \[([^\]]*)\] satisfies readonly Rule\[\];/m;

interface Facts {
  readonly id: string;
  readonly level: string;
  readonly verifies: readonly string[];
  /** Undefined where it follows from what the rule verifies. */
  readonly since: string | undefined;
}

const statement = ({ id, level, verifies, since }: Facts): string => `
  id: '${id}',
  level: '${level}',
  verifies: [${verifies.map((one) => `'${one}'`).join(', ')}],
  sentence: '${placeholder} what is true of a conformant target.',${since === undefined ? '' : `\n  since: '${since}',`}`;

const fault = `
  // ${placeholder} which server does this. Until the fault changes something, it isn't caught.
  fault: onResponse('all', () => undefined),`;

const checkRule = (facts: Facts): string => `{${statement(facts)}
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    context.expect.success(await org.all.send('listFlows'));
    throw new Error('The check of ${facts.id} is not written yet.');
  },${fault}
}`;

const ambientRule = (facts: Facts): string => `{${statement(facts)}
  inspect: ({ operation }) => {
    if (operation === undefined) return false;
    throw new Error('The check of ${facts.id} is not written yet.');
  },${fault}
}`;

const requireArea = (root: string, area: string): void => {
  const areas = readdirSync(join(root, rulesFolder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  if (areas.includes(area)) return;
  throw new Misuse(`"${area}" is no area; the areas are ${areas.sort().join(', ')}`);
};

const requireNewId = (root: string, id: string): void => {
  const folder = join(root, rulesFolder);
  const holder = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .find((file) => readFileSync(join(folder, file), 'utf8').includes(`'${id}'`));
  if (holder !== undefined) throw new Misuse(`${id} exists, in ${rulesFolder}/${holder}`);
};

/** A topic as somebody names it: `search`, `search.ts` or its whole path. */
const topicName = (topic: string): string => {
  const name = basename(topic, '.ts');
  requireForm(name, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a topic', 'search');
  return name;
};

interface Entry {
  readonly id: string;
  readonly level: string;
  readonly since: string;
  readonly unobservable?: string;
}

const readEntries = (root: string, ids: readonly string[]): readonly Entry[] => {
  const path = join(root, 'openapi', 'generated', 'requirements.json');
  const register = JSON.parse(readFileSync(path, 'utf8')) as Entry[];
  return ids.map((id) => {
    const entry = register.find((one) => one.id === id);
    const mend = 'write it under openapi/requirements/ and run `npm run generate` first';
    if (!entry) throw new Misuse(`${id} is not in the register; ${mend}`);
    if (entry.unobservable !== undefined) throw new Misuse(`${id} is something no client can see`);
    return entry;
  });
};

/** The version of a new rule, where it would pass for as old as all that it verifies. */
const sinceOf = (entries: readonly Entry[], version: string): string | undefined =>
  entries.every(({ since }) => compareVersions(since, version) < 0) ? version : undefined;

/** All entries of a rule have one level, which is the rule's. */
const levelOf = (entries: readonly Entry[]): string => {
  const [level = '', other] = new Set(entries.map((entry) => entry.level));
  if (other === undefined) return level;
  throw new Misuse('a rule verifies entries of one level, MUST or SHOULD; make it two rules');
};

/** A name that the file doesn't use yet. */
const constantFor = (name: string, text: string): string => {
  const camel = camelCase(name);
  const used = new RegExp(`\\b${camel}\\b`).test(text) || reserved.includes(camel);
  return used ? `${camel}Rule` : camel;
};

const reserved = [
  ...['break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete'],
  ...['do', 'else', 'enum', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if'],
  ...['implements', 'import', 'in', 'instanceof', 'interface', 'let', 'new', 'null', 'package'],
  ...['private', 'protected', 'public', 'return', 'static', 'super', 'switch', 'this', 'throw'],
  ...['true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield', 'arguments', 'eval'],
];

const nextSteps = (file: string, id: string): string[] => [
  `${file}: write the sentence, the check and the fault; \`needs\` names what the rule can't do without.`,
  `npm run conformance -- --only ${id}    # must pass: the rule on the reference server`,
  `npx vitest run --project kit conformance/tests/caught -t '${id}'    # must pass: the fault is caught`,
  `npm run proof:order -- --part costs --missing    # when it is done: counts its requests; until then it runs last`,
  `Until then conformance/tests/rules-pass.test.ts says that the check is not written, and the caught tests that the fault isn't caught.`,
];
