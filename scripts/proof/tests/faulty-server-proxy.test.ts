import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onData } from '../../../conformance/faults/inject.ts';
import { createTransport } from '../../../conformance/http/transport.ts';
import { asFetch } from '../../../conformance/http/web-classes.ts';
import { onWire } from '../faulty-servers/faulty-server.ts';
import {
  createTestData,
  type FaultyServerProxy,
  openFaultyServerProxy,
} from '../peers/faulty-server-proxy.ts';

const renaming = onData(['getDossier'], (data) => {
  data['name'] = 'Somebody else';
});
const fault = onWire('dossiers/renamed', 'LG-DOS-001', 'gives all dossiers one name', renaming);

describe('The proxy of the faulty servers', () => {
  let proxy: FaultyServerProxy;
  beforeAll(async () => {
    proxy = await openFaultyServerProxy();
  });
  afterAll(() => proxy.close());

  const readName = async (
    shown: Awaited<ReturnType<FaultyServerProxy['show']>>,
  ): Promise<string> => {
    const { key, dossier } = await createTestData(shown, asFetch(createTransport()));
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`${proxy.url}/dossiers/${dossier}`, { headers });
    return ((await response.json()) as { data: { name: string } }).data.name;
  };

  it('injects a fault for any client, and the next server does not have it', async () => {
    const names = [];
    for (const one of [fault, undefined]) {
      const shown = await proxy.show(one);
      names.push(await readName(shown));
      expect(shown.requests()).toBe(1);
      await shown.close();
    }
    expect(names).toEqual(['Somebody else', 'Deal 1']);
  });
});
