import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { formFlawOf } from '../contract/bodies.ts';
import { isNestedTooDeeply, parseJson } from '../http/exchange.ts';

const { operations, ...contract } = readContract();
const find = formFlawOf({ operations, ...contract });

const flawOf = (operation: 'createDossier' | 'listFlows', json: unknown) => {
  const { responses, success } = operations[operation];
  const media = responses[success]?.content['application/json'];
  return media && find(media.schema, json);
};

const flow = { id: 'f', name: 'Sales', type: 'sales', is_default: true, stages: [{ id: 's' }] };
const page = (data: unknown, meta: unknown = { total: 1 }) => ({ data, meta });

describe('the form of a response that rules need', () => {
  it.each([
    ['createDossier', { data: { id: 'd' } }],
    ['createDossier', { data: { id: 'a/b', name: 5, created_at: {} }, more: [] }],
    ['listFlows', page([flow])],
    ['listFlows', page([])],
  ] as const)('is present in a response of %s: %j', (operation, json) => {
    expect(flawOf(operation, json)).toBeUndefined();
  });

  it.each([
    ['createDossier', undefined, 'the body is missing'],
    ['createDossier', null, 'the body is null'],
    ['createDossier', [], 'the body is an array'],
    ['createDossier', {}, 'data is missing'],
    ['createDossier', { data: null }, 'data is null'],
    ['createDossier', { data: 'd' }, 'data is a string'],
    ['createDossier', { data: [] }, 'data is an array'],
    ['createDossier', { data: {} }, 'data.id is missing'],
    ['createDossier', { data: { id: 7 } }, 'data.id is a number'],
    ['createDossier', { data: { id: '' } }, 'data.id is "", which can\'t be used in a path'],
    ['createDossier', { data: { id: '..' } }, 'data.id is "..", which can\'t be used in a path'],
    ['createDossier', { data: { id: '\uD800' } }, 'data.id is "\\ud800", which can\'t'],
    ['listFlows', page({}), 'data is an object'],
    ['listFlows', page([null]), 'data[0] is null'],
    ['listFlows', page([{ ...flow, stages: {} }]), 'data[0].stages is an object'],
    ['listFlows', page([{ ...flow, stages: [5] }]), 'data[0].stages[0] is a number'],
    ['listFlows', { data: [] }, 'meta is missing'],
    ['listFlows', page([], null), 'meta is null'],
    ['listFlows', page([], {}), 'meta.total is missing'],
    ['listFlows', page([], { total: '1' }), 'meta.total is a string'],
  ] as const)('is missing in a response of %s: %j', (operation, json, flaw) => {
    expect(flawOf(operation, json)).toContain(flaw);
  });
});

describe('a body that is nested too deeply', () => {
  const nested = (levels: number) => '[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(levels / 2);

  it('is detected by its brackets, and not parsed', () => {
    expect([200, 202, 100_000].map((levels) => isNestedTooDeeply(nested(levels)))).toEqual([
      ...[false, true, true],
    ]);
    expect(parseJson(nested(200))).toBeInstanceOf(Array);
    expect(parseJson(nested(202))).toBeUndefined();
  });

  it('is not confused with brackets in strings or in a row', () => {
    const texts = [JSON.stringify(['[{"'.repeat(1_000), '\\', '"[']), '[[],{}],'.repeat(1_000)];
    expect(texts.map(isNestedTooDeeply)).toEqual([false, false]);
  });
});
