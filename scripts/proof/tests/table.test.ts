import { describe, expect, it } from 'vitest';
import { readRegister, type Requirement } from '../../../openapi/register.ts';
import { faultyServers } from '../faulty-servers/faults/index.ts';
import type { FaultyServerResult } from '../faulty-servers/result.ts';
import { makeMatrix, type Records } from '../table/figures.ts';
import { row, toMarkdown } from '../table/markdown.ts';
import { compose, quote, readCurrentIds } from '../table/publish.ts';
import { makeProof, type Proof } from '../table/summary.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import {
  cleared,
  imperfect,
  killed,
  perfect,
  present,
  register,
  soundRecords,
  steady,
} from './sound-records.ts';

const { mutation, variants, steadiness, peers } = soundRecords;

/** The proof that follows from these records in the place of the sound ones. */
const proofWith = (flaw: Partial<Records> = {}, register: readonly Requirement[] = []): Proof =>
  makeProof(register, { ...soundRecords, ...flaw }, present);

const markdownWith = (...change: Parameters<typeof proofWith>): string =>
  toMarkdown(proofWith(...change));

describe('the table of the proof', () => {
  it('keeps a cell in its place, whatever stands in it', () => {
    expect(row('a|b', 'two\nlines')).toBe('| a\\|b | two lines |');
  });

  it('has its head line quoted where the README keeps the place for it', () => {
    const readme = 'Before.\n\n<!-- proof -->\n\n> Old.\n\n<!-- /proof -->\n\nAfter.\n';
    const quoted = quote(readme, 'All $1 is well');
    expect(quoted).toContain('<!-- proof -->\n\n> All $1 is well.\n\n<!-- /proof -->');
    expect(quoted).toMatch(/^Before[^]*After\.\n$/);
    expect(quoted).not.toContain('Old');
  });

  it('is composed for people, for programs and for the README', () => {
    const proof = proofWith({}, register.slice(0, 1));
    const [markdown = '', json = '', readme = ''] = compose(proof).values();
    for (const text of [markdown, json, readme]) expect(text).toContain(proof.headline);
    expect(markdown).not.toContain('does not hold');
  });

  it('is drawn from what programs are given, which is no whole record', () => {
    const [markdown = '', json = ''] = compose(proofWith({}, register)).values();
    const given = JSON.parse(json) as Proof;
    expect(toMarkdown(given)).toBe(markdown);
    const shown = ['headline', 'figures', 'lacks', 'outdated', 'parts', 'unobservable', 'matrix'];
    const tables = ['fleet', 'peers', 'mutation', 'variants', 'steadiness'];
    expect(Object.keys(given).sort()).toEqual([...shown, ...tables].sort());
    // What stands in the records alone: each kill, survivor, variant, run and look.
    for (const name of ['kills', 'survivors', 'legal', 'seed"', 'findings', 'course']) {
      expect(JSON.stringify(given)).not.toContain(name);
    }
  });

  it('says where each part lies whole, and of when that is', () => {
    const { parts } = proofWith();
    expect(parts.mutation).toEqual({ ...mutation.circumstances, record: 'mutation.json' });
    const told = '| 2026-01-01T00:00Z | a | v20 | 2 | [`mutation.json`](mutation.json) |';
    expect(markdownWith()).toContain(`| mutation ${told}`);
    expect(markdownWith()).toContain('records, which hold the rest');
  });

  it('tells what keeps the proof from holding', () => {
    const fleet = { ...soundRecords.fleet, faults: [{ ...killed, kills: [null] }] };
    const proof = makeProof([], { ...soundRecords, fleet }, present);
    expect(toMarkdown(proof)).toContain('It does not hold:\n\n- Faulty servers that got away: 1');
  });

  it('names the parts that are older than what there is to judge', () => {
    const proof = makeProof([], soundRecords, { ...present, variants: [] });
    expect(toMarkdown(proof)).toMatch(/older than [^\n]+:\n\n- Of the lawful variants, 0 are new/);
    expect(proof.headline).toContain('some parts are older than the code');
    expect(makeProof([], soundRecords, present).headline).not.toContain('older');
  });

  it('is held against the fleet and the variants as they are now', () => {
    const whole = readRegister();
    const now = readCurrentIds(whole);
    expect(now.faults).toEqual(faultyServers.map(({ id }) => id));
    const alone = readCatalogue(whole).variants.map(({ id }) => id);
    expect(now.variants).toEqual(expect.arrayContaining([...alone, 'covering/1', 'random/1']));
  });
});

describe('the matrix', () => {
  it('puts each server beside the statement that it breaks, with all that saw it', () => {
    const [kill] = killed.kills;
    const result: FaultyServerResult = { ...killed, kills: [kill ?? null, null] };
    const matrix = makeMatrix(register, { faults: [result] }, { peers: [] });
    expect(matrix.map(({ requirement, faults: cells }) => [requirement, cells.length])).toEqual([
      ['LG-CON-001', 1],
      ['LG-CON-002', 0],
    ]);
    expect(matrix[0]?.faults[0]).toMatchObject({ killed: false, by: ['contacts/one'], peers: [] });
  });

  it('counts the suite and its schemas alone as no tools of others', () => {
    const seeing = peers.peers.map((peer) => ({
      ...peer,
      shown: [{ fault: 'contacts/lost', finding: 'Lost.', requests: 1, milliseconds: 1 }],
    }));
    const [first] = makeMatrix(register, { faults: [killed] }, { peers: seeing });
    expect(first?.faults[0]?.peers).toEqual(['prism', 'portman', 'respect']);
  });

  it('names the documented statements that no client can observe, each with its reason', () => {
    const markdown = markdownWith({}, register);
    const observable = markdownWith({}, register.slice(0, 2));
    expect(markdown).toContain('no client can observe, 1 in number:\n\n- LG-CON-003: Nobody sees');
    expect(markdown).not.toContain('LG-CON-005');
    expect(observable).not.toContain('no client can observe');
  });

  it('says what a kill is, with which seeds, and how far it goes', () => {
    const fleet = { ...soundRecords.fleet, seeds: [4, 7], runs: 9 };
    const markdown = markdownWith({ fleet });
    expect(markdown).toContain('with every seed, a rule that verifies the statement failed');
    expect(markdown).toContain('The seeds are 4, 7, with 9 generated cases');
    expect(markdown).toContain('only the label of the fault does');
    const [first] = register;
    expect(markdownWith({}, register)).toContain(`| LG-CON-001: ${first?.statement ?? ''} | `);
  });
});

describe('the head line', () => {
  it('says of which statements and of which mutants it speaks', () => {
    const total = { ...perfect, found: 90.1, foundOfVisible: 99.2 };
    const { headline } = proofWith({ mutation: { ...mutation, total } }, register);
    expect(headline).toContain(
      'of the 2 documented statements that a client can see, 1 are broken',
    );
    expect(headline).toContain(
      '90.1 % of the judged mutants found, or 99.2 % of those that a client could see break',
    );
  });
});

describe('the table of mutants', () => {
  it('tells the dead from the killed, and both percentages', () => {
    const markdown = markdownWith({ mutation: { ...mutation, total: imperfect } });
    const titles = 'mutants | killed | timed out | dead | survived | explained | unexplained';
    expect(markdown).toContain(`| area | ${titles} | not judged | found of all judged | found of`);
    expect(markdown).toContain('| all | 10 | 5 | 1 | 2 | 2 | 1 | 1 | 0 | 80 % | 88.8 % |');
  });

  it('says what is dead and why that counts, and what the second percentage leaves out', () => {
    const markdown = markdownWith();
    expect(markdown).toMatch(/Dead are .* did not start or died, its state held nothing, requests/);
    expect(markdown).toContain('broken down (exit code 4)');
    expect(markdown).toContain('is of the mutants that a client could see break the documentation');
    expect(markdown).toContain('The reasons are written by hand');
    expect(markdown).toContain('either invisible to clients or a lawful difference');
  });

  it('has a column for mutants at which rules broke down, when there are any', () => {
    expect(markdownWith()).not.toContain('| broken down |');
    const markdown = markdownWith({
      mutation: { ...mutation, total: { ...imperfect, brokenDown: 3 } },
    });
    expect(markdown).toContain('| survived | broken down | explained |');
    expect(markdown).toContain('| all | 10 | 5 | 1 | 2 | 2 | 3 | 1 |');
    // A row without any has a cell there too.
    expect(markdown).toContain('| contacts | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 100 % | 100 % |');
  });
});

describe('the table of variants', () => {
  it('says by how many rules variants of a kind were judged, and by which', () => {
    const counts = [3, 100, 6, 5];
    const all = counts.map((rules) => ({ ...cleared, kind: 'alternative' as const, rules }));
    const markdown = markdownWith({ variants: { ...variants, variants: all } });
    expect(markdown).toContain('| alternatives of the register, one by one | 4 | 5.5 | 4 | 0 |');
    expect(markdown).toContain('| combinations of them | 0 |  | 0 | 0 |');
    expect(markdown).toMatch(
      /alternative is judged by the MUSTs near.*freedom by all MUSTs besides/,
    );
  });

  it('tells only what kept a variant from being cleared, as the verdict has it', () => {
    const unverified = (['SHOULD', 'MUST'] as const).map((level) => ({
      ...{ rule: `rule/${level.toLowerCase()}`, level, reason: 'It had no way.' },
    }));
    const flaws = {
      accusations: [{ rule: 'rule/a', verifies: [], expected: 'this', actual: 'that' }],
      errors: [{ rule: 'rule/e', reason: 'It broke.' }],
    };
    const one = { ...cleared, cleared: false, ...flaws, unverified };
    const idle = { ...cleared, id: 'random/2', cleared: false };
    const markdown = markdownWith({ variants: { ...variants, variants: [one, idle] } });
    const reasons = 'rule/a failed, rule/e broke down, rule/must verified nothing';
    expect(markdown).toContain(`Not cleared: \`random/1\` All. (${reasons}).`);
    expect(markdown).toContain('Not cleared: `random/2` All. (no rule passed).');
    expect(markdown).toContain('no rule broke down, of whatever level');
  });
});

describe('the table of peers', () => {
  it('counts what each complained of at the honest server, and says that it counts nowhere', () => {
    const complaining = peers.peers.map((peer) =>
      'honest' in peer ? { ...peer, honest: { ...peer.honest, findings: ['One.', 'Two.'] } } : peer,
    );
    const markdown = markdownWith({ peers: { ...peers, peers: complaining } });
    expect(markdown).toContain('| broke down | complaints about the honest server |');
    expect(markdown).toContain('| prism 1 | 0 | 1 | 0 | 0 | 2 | all |');
    expect(markdown).toContain('left out of its detections, as nobody could tell it from one');
  });

  it('names every state of the repository in which a tool was measured', () => {
    const grown = peers.peers.map((peer) => ({ ...peer, commits: ['abc1234', 'def5678'] }));
    const markdown = markdownWith({ peers: { ...peers, peers: grown } });
    expect(markdown).toContain('| prism 1 | 1 | 0 | 1 | 0 | abc1234, def5678 |');
  });

  it('names the suite, first, and its schemas alone as a part of it', () => {
    const markdown = markdownWith({ peers: { ...peers, peers: peers.peers.toReversed() } });
    expect(markdown).toContain('| --- |\n| **suite** | 1 | 1 | 0 | 0 | 0 | all |');
    expect(markdown).toContain('| ambient, of this suite | 0 | 1 |');
  });
});

describe('the table of runs', () => {
  it('labels runs by what burdens them, as all of them are held side by side', () => {
    const markdown = markdownWith();
    expect(markdown).toContain('2 runs at a time, of either kind');
    expect(markdown).toContain('| without busy threads, answers on time | 100 | 100 | 100 | 1 |');
    expect(markdown).not.toContain('on its own');
  });

  it('tells of a run that broke down with its exit code, though no rule is to blame', () => {
    const broken = { ...steady, seed: 5, exitCode: 4 };
    const ended = { ...steady, seed: 6, exitCode: null };
    const accusing = { ...steady, seed: 7, exitCode: 1, unsteady: ['a failed', 'b failed'] };
    const markdown = markdownWith({
      steadiness: { ...steadiness, plain: [broken, ended, accusing] },
    });
    expect(markdown).toContain('Seed 5: exit code 4; every rule that is told of passed.');
    expect(markdown).toContain('Seed 6: ended without an exit code; every rule');
    expect(markdown).toContain('Seed 7: exit code 1; a failed, b failed.');
  });
});
