// Loaded into the attacked server: measures its memory and descriptors on request, after garbage
// collection.
import { readdirSync } from 'node:fs';
import process from 'node:process';

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const descriptors = readdirSync('/dev/fd').length;
  process.send?.({ rss, held: heapUsed + external, descriptors });
});
// The channel doesn't keep the server from stopping.
process.channel?.unref();
