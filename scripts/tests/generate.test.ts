import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openapiFolder } from '../cli/command.ts';
import {
  arrayAt,
  eventsOf,
  type JsonObject,
  operationsOf,
  textAt,
  textsAt,
} from '../contract/description.ts';
import { generateFiles } from '../contract/generate.ts';
import { withContract } from './temporary-contract.ts';

const { files, problems } = await generateFiles(openapiFolder);
const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
const bundle = JSON.parse(textOf('generated/openapi.json')) as JsonObject;

describe('The generated files', () => {
  it('can all be derived from the contract.', () => {
    expect(problems).toEqual([]);
    expect(files.map(({ path }) => path).sort()).toEqual([
      'generated/control.json',
      'generated/control.ts',
      'generated/openapi.json',
      'generated/requirement-ids.ts',
      'generated/requirements.json',
      'generated/types.ts',
    ]);
  });

  it('contain every operation and webhook that has a file.', async () => {
    const read = (folder: string) => readdir(join(openapiFolder, folder));
    const paths = await Promise.all(
      (await read('paths')).map((name) => readFile(join(openapiFolder, 'paths', name), 'utf8')),
    );
    const ids = [...paths.join('').matchAll(/^ {2}operationId: (.*)$/gm)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(
      operationsOf(bundle)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(ids.sort());
    const events = eventsOf(bundle).map(({ name }) => `${name}.yaml`);
    expect(events.sort()).toEqual((await read('webhooks')).sort());
  });

  it('refer to components of the bundle only.', () => {
    const references = [...textOf('generated/openapi.json').matchAll(/"\$ref": "([^"]*)"/g)];
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter(([, to]) => to?.startsWith('#/components/') !== true)).toEqual([]);
  });

  it('give the scopes of each operation in its description.', () => {
    for (const { value } of operationsOf(bundle)) {
      const scopes = arrayAt(value, 'security').flatMap((entry) => textsAt(entry, 'ApiKey'));
      expect(scopes.length).toBeGreaterThan(0);
      const said = scopes.map((scope) => `\`${scope}\``).join(' and ');
      expect(textAt(value, 'description')).toMatch(new RegExp(`Required scopes?: ${said}\\.$`));
    }
  });

  it('list the register sorted by id, each entry with its area and version.', () => {
    const entries = JSON.parse(textOf('generated/requirements.json')) as {
      id: string;
      area: string;
      since: string;
    }[];
    const ids = entries.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    for (const entry of entries) {
      expect(entry.id).toMatch(`LG-${entry.area}-`);
      expect(entry.since).toMatch(/^\d+\.\d+\.\d+$/);
    }
    for (const id of ids) expect(textOf('generated/requirement-ids.ts')).toContain(`'${id}'`);
  });

  it('are the same each time they are derived.', async () => {
    expect((await generateFiles(openapiFolder)).files).toEqual(files);
  });

  it('are the same as the committed ones.', async () => {
    for (const { path, text } of files) {
      expect(await readFile(join(openapiFolder, path), 'utf8'), path).toBe(text);
    }
  });

  it('are not derived from a broken file; the error names it.', () =>
    withContract(async ({ folder, rewrite }) => {
      await rewrite('openapi.yaml', (text) => `${text}\n: [`);
      const broken = await generateFiles(folder);
      expect(broken.files).toEqual([]);
      expect(broken.problems[0]).toMatchObject({ file: 'openapi.yaml' });
    }));

  it('are not derived from a schema without types; the error names it.', () =>
    withContract(async ({ folder, edit }) => {
      await edit('components/schemas/NewNote.yaml', (file) => {
        file.setIn(['properties', 'content'], null);
      });
      const broken = await generateFiles(folder);
      expect(broken.files.map(({ path }) => path)).not.toContain('generated/types.ts');
      expect(broken.problems[0]?.what).toMatch(/The types cannot be generated/);
    }));
});
