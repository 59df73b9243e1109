import type { TemporaryContract } from './temporary-contract.ts';

/** An error to plant in a copy of the contract, and the expected problem. */
export interface SeededError {
  title: string;
  plant: (contract: TemporaryContract) => Promise<void>;
  gate: RegExp;
  file: string;
  what: RegExp;
}

/** One error of each kind that an author of the description makes. */
export const descriptionErrors: readonly SeededError[] = [
  {
    title: 'A schema with a type that does not exist is named by the lint.',
    plant: ({ edit }) =>
      edit('components/schemas/PageMeta.yaml', (file) => {
        file.setIn(['properties', 'total', 'type'], 'whole');
      }),
    gate: /^lint/,
    file: 'components/schemas/PageMeta.yaml',
    what: /`type` can be one of the following only/,
  },
  {
    title: 'An operation that asks for an unknown security scheme is named by the lint.',
    plant: ({ edit }) =>
      edit('paths/flows.yaml', (file) => {
        file.setIn(['get', 'security'], [{ Passport: [] }]);
      }),
    gate: /^lint/,
    file: 'paths/flows.yaml',
    what: /`Passport`/,
  },
  {
    title: 'A path parameter that no operation declares is named by the lint.',
    plant: ({ edit }) =>
      edit('paths/flows_{id}_stages.yaml', (file) => {
        file.delete('parameters');
        file.deleteIn(['get', 'parameters']);
      }),
    gate: /^lint/,
    file: 'paths/flows_{id}_stages.yaml',
    what: /does not define the path parameter `\{id\}`/,
  },
  {
    title: 'An operation of a path without an operationId is named by the lint.',
    plant: ({ edit }) =>
      edit('paths/flows.yaml', (file) => {
        file.deleteIn(['get', 'operationId']);
      }),
    gate: /^lint/,
    file: 'paths/flows.yaml',
    what: /needs an operationId/,
  },
  {
    title: 'An example of a request that breaks its schema is named with its field.',
    plant: ({ edit }) =>
      edit('components/examples/NewNote.yaml', (file) => {
        file.setIn(['value', 'content'], 7);
      }),
    gate: /^lint|^examples/,
    file: 'components/examples/NewNote.yaml',
    what: /content.*string/,
  },
  {
    title: 'An example that only the 2020-12 dialect refuses is named by the examples gate.',
    plant: ({ edit }) =>
      edit('components/examples/NewCandidate.yaml', (file) => {
        file.setIn(['value', 'deal_size'], 100);
      }),
    gate: /^lint|^examples/,
    file: 'components/examples/NewCandidate.yaml',
    what: /deal_size/,
  },
  {
    title: 'A default that its own schema refuses is named by the examples gate.',
    plant: ({ edit }) =>
      edit('components/parameters/PerPage.yaml', (file) => {
        file.setIn(['schema', 'default'], 1000);
      }),
    gate: /^examples/,
    file: 'components/parameters/PerPage.yaml',
    what: /default is not valid by its schema/,
  },
  {
    title: 'A media type without an example is named by the examples gate.',
    plant: ({ edit }) =>
      edit('paths/dossiers_{id}_notes.yaml', (file) => {
        file.deleteIn(['post', 'requestBody', 'content', 'application/json', 'examples']);
      }),
    gate: /^examples/,
    file: 'paths/dossiers_{id}_notes.yaml',
    what: /has no example/,
  },
  {
    title: 'A link to an operation that does not exist is named by the examples gate.',
    plant: ({ edit }) =>
      edit('components/links/getDossier.yaml', (file) => {
        file.set('operationId', 'fetchDossier');
      }),
    gate: /^examples/,
    file: 'paths/dossiers.yaml',
    what: /no operation fetchDossier/,
  },
  {
    title: 'A link whose expression finds nothing in the examples is named by the examples gate.',
    plant: ({ edit }) =>
      edit('components/links/getContact.yaml', (file) => {
        file.setIn(['parameters', 'id'], '$response.body#/data/key');
      }),
    gate: /^examples/,
    file: 'paths/contacts.yaml',
    what: /\$response\.body#\/data\/key finds nothing/,
  },
  {
    title: 'A file that is not YAML is named with its line.',
    plant: ({ rewrite }) => rewrite('paths/flows.yaml', (text) => `${text}\nget: [unclosed\n`),
    gate: /^YAML$/,
    file: 'paths/flows.yaml',
    what: /not valid YAML/,
  },
  {
    title: 'A $ref to a file that does not exist is named with its place.',
    plant: ({ edit }) =>
      edit('components/schemas/NewNote.yaml', (file) => {
        file.setIn(['properties', 'content'], { $ref: 'Nothing.yaml' });
      }),
    gate: /^references$/,
    file: 'components/schemas/NewNote.yaml',
    what: /Can't resolve \$ref/,
  },
  {
    title: 'A file that no $ref points to is reported.',
    plant: ({ rewrite }) => rewrite('components/schemas/Forgotten.yaml', () => 'type: string\n'),
    gate: /^unused files$/,
    file: 'components/schemas/Forgotten.yaml',
    what: /No \$ref points to this file/,
  },
  {
    title: 'A generated file that was edited by hand is named with the line that differs.',
    plant: ({ rewrite }) =>
      rewrite('generated/openapi.json', (text) => text.replace('"title": "', '"title": "My ')),
    gate: /^generated/,
    file: 'generated/openapi.json',
    what: /out of date/,
  },
  {
    title: 'A file that nothing generates is named.',
    plant: ({ rewrite }) => rewrite('generated/old.json', () => '{}\n'),
    gate: /^generated/,
    file: 'generated/old.json',
    what: /This file is not generated/,
  },
];
