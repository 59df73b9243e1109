import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onData } from '../../../conformance/liars/answers.ts';
import { createTransport } from '../../../conformance/world/transport.ts';
import { onWire } from '../fleet/fault.ts';
import { openFront, type Front } from '../fleet/front.ts';
import { makeGround } from '../peers/ground.ts';

const renaming = onData(['getDossier'], (data) => {
  data['name'] = 'Somebody else';
});
const fault = onWire('dossiers/renamed', 'LG-DOS-001', 'gives all dossiers one name', renaming);

describe('The front of the fleet', () => {
  let front: Front;
  beforeAll(async () => {
    front = await openFront();
  });
  afterAll(() => front.close());

  const readName = async (shown: Awaited<ReturnType<Front['show']>>): Promise<string> => {
    const { key, dossier } = await makeGround(shown, createTransport());
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`${front.url}/dossiers/${dossier}`, { headers });
    return ((await response.json()) as { data: { name: string } }).data.name;
  };

  it('shows any client what a fault does on the wire, and the next server without it', async () => {
    const names = [];
    for (const one of [fault, undefined]) {
      const shown = await front.show(one);
      names.push(await readName(shown));
      expect(shown.requests()).toBe(1);
      await shown.close();
    }
    expect(names).toEqual(['Somebody else', 'Deal 1']);
  });
});
