import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../cli/command.ts';

/** Where the rules are, relative to the root of the repository. */
const folder = 'conformance/rules';

/** The areas in the order in which a run reports them: basic ones first. */
const areas = [
  ...[
    'ambient',
    'tours',
    'authentication',
    'plans',
    'limits',
    'errors',
    'general',
    'dossiers',
    'cv',
  ],
  ...['contacts', 'links', 'flows', 'notes', 'webhooks', 'signatures', 'sequences', 'concurrency'],
];

/** The file that lists the rules of all topic files: `npm run generate` writes it. */
export const rulesIndex = (repository = repositoryRoot): { path: string; text: string } => {
  const topics = readTopics(repository).map((topic) => ({ topic, name: camelCase(topic) }));
  const imports = topics.map(({ topic, name }) => `import ${name} from './${topic}.ts';\n`);
  const spread = topics.map(({ name }) => `  ...${name},\n`);
  const text = `// Generated from the files of this folder by \`npm run generate\`. Do not edit.

import type { Rule } from '../context/rule.ts';
${imports.join('')}
/** Every rule of the suite, in the order in which a run reports them. */
export const rules: readonly Rule[] = [
${spread.join('')}];
`;
  return { path: `${folder}/index.ts`, text };
};

/** The topic files as `area/topic`, by area; a new area comes last. */
const readTopics = (repository: string): string[] => {
  const root = join(repository, folder);
  const found = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const known = areas.filter((area) => found.includes(area));
  const others = found.filter((area) => !areas.includes(area)).sort();
  return [...known, ...others].flatMap((area) =>
    readdirSync(join(root, area))
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map((file) => `${area}/${file.slice(0, -'.ts'.length)}`),
  );
};

const camelCase = (text: string): string =>
  text.replace(/[/-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
