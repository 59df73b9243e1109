import { writeContract, writeRulesIndex, type Written } from '../contract/write.ts';
import { type Scaffold, writeFiles } from './draft.ts';

/** Writes a scaffold and what is generated from it. */
export const writeScaffold = async (
  root: string,
  { files, generates }: Scaffold,
): Promise<Written> => {
  await writeFiles(root, files);
  const generated = await generate(root, generates);
  const { problems } = generated;
  return { paths: [...files.map(({ path }) => path), ...generated.paths], problems };
};

const generate = async (root: string, what: Scaffold['generates']): Promise<Written> => {
  if (what === 'contract') return writeContract(root);
  return what === 'rules' ? writeRulesIndex(root) : { paths: [], problems: [] };
};
