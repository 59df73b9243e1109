import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { dossierTypes } from '../contract/resources.ts';
import { exitCodeOfFindings } from '../doctor/findings.ts';
import { checkFlows, type FlowCheck } from '../doctor/flows.ts';
import { noon, findingLines } from './fake-probe.ts';

const contract = readContract();
const types = dossierTypes(contract);

const flow = (type: string, is_default: unknown, id = `${type} ${String(is_default)}`) => {
  return { id, type, is_default };
};
const defaults = types.map((type) => flow(type, true));
const listOf = (...data: unknown[]) => ({ data, meta: { total: data.length } });

describe('the check of flows', () => {
  const look = async (
    answer: (url: URL, key: string) => { status?: number; json?: unknown } | undefined,
    rest: Partial<FlowCheck> = {},
  ) => {
    const paths: string[] = [];
    const findings = await checkFlows({
      ...{ contract, omissions: [], keys: { key: 'all' } },
      variables: { allScopes: 'LEADGRID_KEY', secondOrganization: 'LEADGRID_SECOND_KEY' },
      probe: (path, key) => {
        paths.push(path);
        const response = answer(new URL(path, 'http://target.test'), key);
        const common = {
          asked: path,
          text: '',
          headers: new Headers(),
          sentAt: noon,
          receivedAt: noon,
        };
        return Promise.resolve(
          response && { status: 200, json: undefined, ...common, ...response },
        );
      },
      ...rest,
    });
    return { findings, paths };
  };

  it('accepts a default flow for each type of dossier', async () => {
    const json = listOf(...types.map((type) => flow(type, false)), ...defaults);
    const { findings } = await look(() => ({ json }));
    expect(findingLines(findings)).toEqual([
      'ok The organisation of LEADGRID_KEY has a default flow for each type of dossier.',
    ]);
  });

  it.each(types)('reports a missing default flow for %s dossiers', async (missing) => {
    const others = defaults.filter(({ type }) => type !== missing);
    const { findings } = await look(() => ({ json: listOf(...others, flow(missing, false)) }));
    expect(findingLines(findings)).toEqual([
      `wrong The organisation of LEADGRID_KEY has no default flow for ${missing} dossiers, ` +
        'so none can be created without naming a flow. Make a flow of that type the default ' +
        'under Settings, or point the suite at another organisation.',
    ]);
    expect(exitCodeOfFindings(findings)).toBe(2);
  });

  it('names all types when there are no flows', async () => {
    const { findings } = await look(() => ({ json: listOf() }));
    expect(findingLines(findings).join()).toContain(`for ${types.join(' and ')} dossiers`);
    expect(findingLines(findings).join()).toContain('a flow of each of these types');
  });

  it('checks the organisation of the second key too', async () => {
    const { findings } = await look(
      (_, key) => ({ json: key === 'all' ? listOf(...defaults) : listOf() }),
      { keys: { key: 'all', second: 'other' } },
    );
    expect(findings.map(({ mark }) => mark)).toEqual(['ok', 'wrong']);
    expect(findings[1]?.text).toContain('The organisation of LEADGRID_SECOND_KEY has no default');
  });

  it('reads all pages', async () => {
    const { findings, paths } = await look(({ searchParams }) => {
      const item = defaults[Number(searchParams.get('page')) - 1];
      return { json: { data: [item], meta: { total: defaults.length } } };
    });
    expect(findings.map(({ mark }) => mark)).toEqual(['ok']);
    expect(paths).toHaveLength(defaults.length);
  });

  it.each([
    ['another status', { status: 403, json: listOf() }],
    ['no JSON', {}],
    ['no list', { json: { data: {}, meta: { total: 0 } } }],
    ['no total', { json: { data: [], meta: null } }],
    ['a total as text', { json: { data: [], meta: { total: '0' } } }],
    ['a flow that is none', { json: { data: [...defaults, null], meta: { total: types.length } } }],
    ['a flow without is_default', { json: listOf({ id: 'f', type: types[0] }) }],
    ['is_default as text', { json: listOf(flow(String(types[0]), 'true')) }],
    ['a type that does not exist', { json: listOf(flow('other', true)) }],
    ['fewer flows than it promises', { json: { data: [], meta: { total: 2 } } }],
    ['the same page again and again', { json: { data: defaults.slice(0, 1), meta: { total: 2 } } }],
    ['silence', undefined],
  ])('leaves %s to the rules', async (_, answer) => {
    const { findings, paths } = await look(() => answer);
    expect(findings).toEqual([]);
    expect(paths.length).toBeLessThan(3);
  });

  it.each(['listFlows', 'createDossier'])('sends nothing when %s is omitted', async (one) => {
    const omissions = [{ operations: [one], reason: 'Not built yet.' }];
    const { findings, paths } = await look(() => ({ json: listOf() }), { omissions });
    expect({ findings, paths }).toEqual({ findings: [], paths: [] });
  });
});
