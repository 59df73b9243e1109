import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import prettier from 'prettier';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuleContext } from '../../conformance/context/context.ts';
import type { CheckRule } from '../../conformance/context/rule.ts';
import { placeholder, type Scaffold, writeScaffold } from '../new/draft.ts';
import { scaffoldEvent } from '../new/event.ts';
import { scaffoldOperation } from '../new/operation.ts';
import { scaffoldReporter } from '../new/reporter.ts';
import { scaffoldRule } from '../new/rule.ts';
import { copyRepository } from './temporary-folder.ts';

let copy: Awaited<ReturnType<typeof copyRepository>>;
const written: string[] = [];
const problems: unknown[] = [];

/** Scaffolds something in the copy. */
const make = async (scaffolding: Promise<Scaffold>): Promise<void> => {
  const result = await writeScaffold(copy.root, await scaffolding);
  written.push(...result.paths);
  problems.push(...result.problems);
};

const read = (path: string) => readFile(join(copy.root, path), 'utf8');
const load = async (path: string) =>
  (await import(join(copy.root, path))) as Record<string, unknown>;

const contacts = { method: 'get', resource: 'contacts' } as const;

beforeAll(async () => {
  copy = await copyRepository();
  const { root } = copy;
  await make(scaffoldRule(root, 'notes/last-word', { verifies: ['LG-NOT-001', 'LG-NOT-002'] }));
  await make(
    scaffoldRule(root, 'notes/delete', { verifies: ['LG-NOT-003'], topic: 'note-list.ts' }),
  );
  await make(scaffoldRule(root, 'ambient/calm', { verifies: ['LG-ERR-001'] }));
  const later = { verifies: ['LG-NOT-004'], version: '999.0.0' };
  await make(scaffoldRule(root, 'notes/later', later));
  const tags = '/dossiers/{id}/tags';
  const dossiers = { path: tags, resource: 'dossiers' };
  await make(scaffoldOperation(root, 'listDossierTags', { ...dossiers, method: 'get' }));
  await make(scaffoldOperation(root, 'createDossierTag', { ...dossiers, method: 'post' }));
  await make(scaffoldOperation(root, 'getTag', { ...contacts, path: '/tags/{tag_id}' }));
  await make(scaffoldEvent(root, 'dossier.viewed'));
  await make(scaffoldEvent(root, 'contact.created'));
  await make(scaffoldReporter(root, 'sheet'));
  await make(scaffoldReporter(root, 'two-columns'));
});
afterAll(() => copy.remove());

describe('The scaffolded code', () => {
  it('can be generated from', () => {
    expect(problems).toEqual([]);
    expect(written).toContain('conformance/rules/index.ts');
    expect(written).toContain('openapi/generated/types.ts');
  });

  it('has a version where a rule would pass for as old as what it verifies', async () => {
    expect(await read('conformance/rules/notes/later.ts')).toContain("  since: '999.0.0',\n");
    expect(await read('conformance/rules/notes/last-word.ts')).not.toContain('since:');
  });

  it('compiles', () => {
    const { config } = ts.readConfigFile(join(copy.root, 'tsconfig.json'), (path) =>
      ts.sys.readFile(path),
    ) as { config: unknown };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, copy.root);
    const paths = [...written, 'reference-server/handlers.ts'].filter((path) =>
      path.endsWith('.ts'),
    );
    const files = [...new Set(paths)].map((path) => join(copy.root, path));
    const program = ts.createProgram(files, { ...options, incremental: false });
    const flaws = files.flatMap((file) => {
      const source = program.getSourceFile(file);
      return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
    });
    expect(
      flaws.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    ).toEqual([]);
  });

  it('is formatted', async () => {
    const options = await prettier.resolveConfig(join(copy.root, 'package.json'));
    for (const path of written.filter((one) => !one.includes('generated/'))) {
      const settings = { ...options, filepath: path };
      expect(await prettier.check(await read(path), settings), path).toBe(true);
    }
  });

  it('has open places, which a test finds until they are filled in', async () => {
    for (const path of [
      'conformance/rules/notes/last-word.ts',
      'openapi/webhooks/dossier.viewed.yaml',
    ])
      expect(await read(path)).toContain(placeholder);
  });
});

describe('A new rule', () => {
  const ruleOf = async (path: string, id: string): Promise<CheckRule> => {
    const rules = (await load(path))['default'] as readonly CheckRule[];
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) throw new Error(`${path} has no rule ${id}`);
    return rule;
  };
  const both = [
    ['notes/last-word', 'conformance/rules/notes/last-word.ts', 'MUST'],
    ['notes/delete', 'conformance/rules/notes/note-list.ts', 'SHOULD'],
  ] as const;

  it.each(both)('%s is in %s, with the level of its requirement', async (id, path, level) => {
    expect((await ruleOf(path, id)).level).toBe(level);
    expect(await read('conformance/rules/index.ts')).toContain(path.replace(/.*rules/, '.'));
  });

  it.each(both)('%s ends as an error until its check is written', async (id, path) => {
    const org = { all: { send: () => Promise.resolve({}) } };
    const context = { organization: () => Promise.resolve(org), expect: { success: () => {} } };
    const { check } = await ruleOf(path, id);
    await expect(check(context as unknown as RuleContext)).rejects.toThrow(
      `The check of ${id} is not written yet.`,
    );
  });

  it.each(both)('%s has a fault that changes nothing until it is written', async (id, path) => {
    const { fault } = await ruleOf(path, id);
    const answer = () => Promise.resolve(new Response('{"data":[1]}', { status: 201 }));
    const faulty = fault?.(answer, () => 'listFlows');
    const response = await faulty?.(new Request('http://localhost/flows'));
    expect(response?.status).toBe(201);
    expect(await response?.json()).toEqual({ data: [1] });
  });

  it('of the ambient area checks exchanges', async () => {
    expect(await ruleOf('conformance/rules/ambient/calm.ts', 'ambient/calm')).toMatchObject({
      ...{ kind: 'ambient', watches: 'exchanges' },
    });
  });

  it.each([
    ['notes/order', ['LG-NOT-001'], 'notes/order exists, in conformance/rules/notes/note-list.ts'],
    ['notes', ['LG-NOT-001'], '"notes" is not a rule'],
    ['notes/Two', ['LG-NOT-001'], '"notes/Two" is not a rule'],
    ['pagination/new', ['LG-NOT-001'], '"pagination" is no area; the areas are ambient, '],
    ['notes/new', ['LG-NOT-999'], 'LG-NOT-999 is not in the register'],
    ['notes/new', ['LG-NOT-013'], 'LG-NOT-013 is something no client can see'],
    ['notes/new', ['LG-NOT-001', 'LG-NOT-003'], 'a rule verifies entries of one level'],
  ])('can’t be %s with %s', async (id, verifies, why) => {
    await expect(scaffoldRule(copy.root, id, { verifies })).rejects.toThrow(why);
  });
});

describe('A new operation', () => {
  it('is listed among the paths, next to similar ones', async () => {
    expect(await read('openapi/openapi.yaml')).toContain(
      '    $ref: paths/dossiers_{id}_tags.yaml\n  /contacts:\n',
    );
  });

  it('has the parameters and refusals of the other operations', async () => {
    const text = await read('openapi/paths/dossiers_{id}_tags.yaml');
    expect(text).toContain('parameters:\n  - $ref: ../components/parameters/DossierId.yaml\n');
    expect(text.match(/responses\/DossierNotFound\.yaml/g)).toHaveLength(2);
    expect(await read('openapi/paths/tags_{tag_id}.yaml')).toContain('  - name: tag_id\n');
  });

  it('is the target of a link, by which the suite finds its path parameters', async () => {
    expect(await read('openapi/components/links/createDossierTag.yaml')).toContain(
      'parameters:\n  id: $response.body#/data/id\n',
    );
    expect(await read('openapi/paths/dossiers.yaml')).toContain('links/createDossierTag.yaml');
  });

  it('has a handler that throws until it is written', async () => {
    const handlers = await load('reference-server/dossiers/handlers.ts');
    const handler = handlers['listDossierTags'] as () => unknown;
    expect(handler).toThrow('listDossierTags is not written yet.');
  });

  it.each([
    ['listContacts', { ...contacts, path: '/people' }, 'listContacts exists in the contract'],
    ['listPeople', { ...contacts, path: '/contacts' }, 'get /contacts exists; it is listContacts'],
    ['list-people', { ...contacts, path: '/people' }, '"list-people" is not an operationId'],
    ['listPeople', { ...contacts, path: 'people' }, '"people" is not a path'],
    ['listPeople', { ...contacts, path: '/p', resource: 'people' }, '"people" is no resource'],
    ['listPeople', { ...contacts, path: '/p', scopes: ['people'] }, '"people" is no scope'],
  ])('can’t be %s with %o', async (id, options, why) => {
    await expect(scaffoldOperation(copy.root, id, options)).rejects.toThrow(why);
  });
});

describe('A new event', () => {
  it('has the payload of the other events about its subject', async () => {
    expect(await read('openapi/webhooks/dossier.viewed.yaml')).toContain(
      'data:\n                  $ref: ../components/schemas/DossierPatched.yaml\n',
    );
  });

  it('is listed in the contract, in the server and where the suite triggers events', async () => {
    expect(await read('openapi/openapi.yaml')).toContain(
      '    $ref: webhooks/dossier.viewed.yaml\n',
    );
    for (const path of ['reference-server/webhooks/events.ts', 'conformance/assertions/events.ts'])
      expect(await read(path)).toContain("'contact.created': ");
  });

  it.each([
    ['note.created', 'note.created exists, in openapi/webhooks/note.created.yaml'],
    ['note', '"note" is not an event'],
    ['Note.created', '"Note.created" is not an event'],
  ])('can’t be %s', async (name, why) => {
    await expect(scaffoldEvent(copy.root, name)).rejects.toThrow(why);
  });
});

describe('A new report format', () => {
  it('is one of the formats, and throws until it is written', async () => {
    const { reporters } = (await load('conformance/reporters/formats.ts')) as {
      reporters: Record<string, (report: unknown) => string>;
    };
    expect(() => reporters['sheet']?.({})).toThrow('The format sheet is not written yet');
    expect(reporters['two-columns']).toBeDefined();
  });

  it('is in the table of formats', async () => {
    expect(await read('conformance/README.md')).toMatch(/^\| `har` .*\n\| `sheet` /m);
  });

  it.each([
    ['junit', 'junit exists, in conformance/reporters/'],
    ['summary', 'summary exists, in conformance/reporters/'],
    ['Sheet', '"Sheet" is not a report format'],
  ])('can’t be %s', async (name, why) => {
    await expect(scaffoldReporter(copy.root, name)).rejects.toThrow(why);
  });
});
