// Loaded into a server under attack: says what it holds, after garbage collection, when asked.
import { readdirSync } from 'node:fs';
import process from 'node:process';

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const descriptors = readdirSync('/dev/fd').length;
  process.send?.({ rss, held: heapUsed + external, descriptors });
});
// Being measured keeps no server from stopping.
process.channel?.unref();
