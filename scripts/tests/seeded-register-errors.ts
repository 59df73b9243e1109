import type { Document } from 'yaml';
import type { SeededError } from './seeded-errors.ts';

const file = 'requirements/notes.yaml';
const first = ['entries', 0] as const;

const inNotes =
  (change: (document: Document) => void): SeededError['plant'] =>
  ({ edit }) =>
    edit(file, change);

/** One error of each kind that an author of the register makes. */
export const registerErrors: readonly SeededError[] = [
  {
    title: 'An entry with an unknown level is named with its place.',
    plant: inNotes((notes) => {
      notes.setIn([...first, 'level'], 'MAYBE');
    }),
    gate: /^register$/,
    file,
    what: /entries › 0 › level/,
  },
  {
    title: 'An entry without a statement is named with its place.',
    plant: inNotes((notes) => {
      notes.deleteIn([...first, 'statement']);
    }),
    gate: /^register$/,
    file,
    what: /entries › 0 .*statement/,
  },
  {
    title: 'An entry that is newer than the package is named.',
    plant: inNotes((notes) => {
      notes.setIn([...first, 'since'], '999.0.0');
    }),
    gate: /^register$/,
    file,
    what: /LG-NOT-001 is since 999\.0\.0, but package\.json has version \d/,
  },
  {
    title: 'A file that is newer than the package is named.',
    plant: inNotes((notes) => {
      notes.setIn(['since', 'version'], '999.0.0');
    }),
    gate: /^register$/,
    file,
    what: /is since 999\.0\.0/,
  },
  {
    title: 'An entry that no version is stated for is named.',
    plant: inNotes((notes) => {
      notes.setIn(['since', 'through'], 0);
    }),
    gate: /^register$/,
    file,
    what: /LG-NOT-001 doesn't say since which version it exists/,
  },
  {
    title: 'A version that has too few parts is named with its place.',
    plant: inNotes((notes) => {
      notes.setIn([...first, 'since'], '0.1');
    }),
    gate: /^register$/,
    file,
    what: /entries › 0 › since/,
  },
  {
    title: 'An id of two entries is named.',
    plant: inNotes((notes) => {
      notes.setIn(['entries', 1, 'id'], notes.getIn([...first, 'id']));
    }),
    gate: /^register$/,
    file,
    what: /is in the register twice/,
  },
  {
    title: 'An id of another area is named.',
    plant: inNotes((notes) => {
      notes.setIn([...first, 'id'], 'LG-CON-999');
    }),
    gate: /^register$/,
    file,
    what: /LG-CON-999 is in the file of area NOT/,
  },
  {
    title: 'An entry that concerns an operation which does not exist is named.',
    plant: inNotes((notes) => {
      notes.setIn([...first, 'concerns'], ['burnDossier']);
    }),
    gate: /^register$/,
    file,
    what: /concerns burnDossier/,
  },
  {
    title: 'An alternative that permits something to an unknown operation is named.',
    plant: inNotes((notes) => {
      notes.setIn([...first, 'level'], 'SHOULD');
      notes.setIn([...first, 'why'], 'It is a seeded error.');
      notes.setIn(
        [...first, 'alternatives'],
        [
          {
            statement: 'It burns.',
            permits: { operations: ['burnDossier'], status: 204, as: 201 },
          },
        ],
      );
    }),
    gate: /^register$/,
    file,
    what: /permits burnDossier/,
  },
  {
    title: 'A pattern that covers nothing is named.',
    plant: inNotes((notes) => {
      notes.setIn([...first, 'covers'], ['field/Note/colour']);
    }),
    gate: /^register$/,
    file,
    what: /covers field\/Note\/colour, which matches no facet/,
  },
  {
    title: 'A parameter that no entry covers is named as a facet.',
    plant: ({ edit }) =>
      edit('paths/flows.yaml', (flows) => {
        const schema = { type: 'string' };
        flows.addIn(
          ['get', 'parameters'],
          flows.createNode({
            name: 'colour',
            in: 'query',
            description: 'Only flows of this colour.',
            schema,
            example: 'red',
          }),
        );
      }),
    gate: /^register$/,
    file: 'requirements',
    what: /No entry covers parameter\/listFlows\/colour/,
  },
];
