import { describe, expect, test } from 'vitest';
import type { RequirementId } from '../../openapi/register.ts';
import { concerning } from '../contract/operations.ts';
import { expectFacts } from '../model/oracle.ts';
import { type Subject, subjectsOf } from '../model/subjects.ts';

const recorded = () => {
  const calls: (readonly RequirementId[])[] = [];
  const about = (...ids: readonly RequirementId[]): void => {
    calls.push(ids);
  };
  return { calls, about };
};

describe('What the model compares', () => {
  test('is about the requirements of its part, or about the rest', () => {
    const { calls, about } = recorded();
    const say = subjectsOf(
      { about },
      {
        count: ['LG-CON-053'],
        found: ({ expected }) => [expected === true ? 'LG-CON-012' : 'LG-CON-013'],
        rest: ['LG-CON-003'],
      },
    );
    say({ part: 'count' });
    say({ part: 'found', expected: true });
    say({ part: 'links' });
    expect(calls).toEqual([['LG-CON-053'], ['LG-CON-012'], ['LG-CON-003']]);
  });

  test('stays what the rule said last if the rule has no requirements for parts', () => {
    const { calls, about } = recorded();
    subjectsOf({ about }, undefined)({ part: 'count' });
    expect(calls).toEqual([]);
  });

  test('is first whether a field is there, and then its value', () => {
    const said: Subject[] = [];
    const look = (shown: object) => {
      const sight = { kind: 'contact', place: 'the list', shown, required: ['city'] } as const;
      expectFacts(
        new Map([['city', 'Ede']]),
        { ...sight, shown: { ...shown }, comparable: (_, value) => value },
        (subject) => said.push(subject),
      );
    };
    expect(() => {
      look({});
    }).toThrow('city');
    expect(said.map(({ part }) => part)).toEqual(['contactShown']);
    expect(() => {
      look({ city: 'Gent' });
    }).toThrow('city');
    expect(said.at(-1)).toMatchObject({ part: 'contact', field: 'city', expected: 'Ede' });
  });
});

test('The requirements of an operation are those that the register says concern it', () => {
  const needsOf = concerning(['LG-AUT-029', 'LG-AUT-030']);
  expect(needsOf('listDossiers')).toEqual(['LG-AUT-029']);
  expect(needsOf('createContact')).toEqual([]);
});
