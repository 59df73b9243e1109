import { openDraft, Misuse, placeholder, type Scaffold } from './draft.ts';
import { addImport, addToBlock, insertAfter, pascalCase, requireForm } from './source-text.ts';

const folder = 'conformance/reporters';
const formats = `${folder}/formats.ts`;
const readme = 'conformance/README.md';

/**
 * A report format with its line in the list of formats and its row in the README; it throws until
 * it is written, and the test of all formats says so.
 *
 * @throws Misuse for a name that exists or has another form
 */
export const scaffoldReporter = async (root: string, name: string): Promise<Scaffold> => {
  requireForm(name, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a report format', 'junit');
  const draft = openDraft(root);
  const file = `${folder}/${name}.ts`;
  const present = new RegExp(`^  '?${name}'?:`, 'm').test(draft.read(formats));
  if (present || draft.exists(file)) throw new Misuse(`${name} exists, in ${folder}/`);
  const reporter = `report${pascalCase(name)}`;
  draft.write(file, reporterText(name, reporter));
  draft.change(formats, (text) =>
    addToBlock(
      addImport(text, `./${name}.ts`, [reporter]),
      'export const reporters',
      `  '${name}': ${reporter},`,
    ),
  );
  draft.change(readme, (text) =>
    insertAfter(text, tableOfFormats, `| \`${name}\` | ${placeholder} for whom |\n`),
  );
  return { files: await draft.finish(), generates: 'nothing', next: nextSteps(name, file) };
};

/** From the row of the first format to the end of its table. */
const tableOfFormats = /^\| `pretty`(?:.*\n\|)*.*\n/m;

const reporterText = (name: string, reporter: string): string => `
import type { Report } from '../report/report.ts';
import { verdictOf } from './summary.ts';

/** ${placeholder} the report in which form, and for whom. */
export const ${reporter} = (report: Report): string => {
  throw new Error(\`The format ${name} is not written yet, so nothing says "\${verdictOf(report)}".\`);
};
`;

const nextSteps = (name: string, file: string): string[] => [
  `${file}: turn the report into text; ${folder}/summary.ts and text.ts have what formats share.`,
  `${readme}: say in the table of formats whom it is for.`,
  `npx vitest run --project kit conformance/tests/reporters.test.ts    # writes golden/*.${name}.txt the first time`,
  `Read the three golden files, then commit them. Until the format is written, that test fails with the words of its error.`,
];
