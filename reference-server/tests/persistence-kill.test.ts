import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { proveKills } from '../../scripts/fire/durability/prove.ts';
import { startServerProcess } from '../../scripts/fire/server-process.ts';
import { useFolder } from './persistence-files.ts';

const path = useFolder();

describe('A server that is killed under load', () => {
  // `npm run fire -- --only kills` does the same as often as one likes.
  it(
    'has every acknowledged write when it starts again, and nothing in part',
    async () => {
      const seed = Date.now();
      const lines: string[] = [];
      const { scopes } = readContract();
      const result = await proveKills({
        ...{ file: path('kill.db'), kills: 8, clients: 4, seed, scopes },
        start: startServerProcess,
        log: (line) => lines.push(line),
      });
      expect(result.differences, `seed ${seed}`).toEqual([]);
      expect(lines.length).toBe(8);
      expect(result.acknowledged).toBeGreaterThanOrEqual(8);
    },
    // The server is started some twenty times.
    300_000,
  );
});
