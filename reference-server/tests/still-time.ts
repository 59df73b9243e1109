import { createClock, createServices } from '../runtime/services.ts';
import type { ServerParts } from '../server.ts';

const start = Date.parse('2026-05-04T08:30:00Z');

/** Parts of a server whose clock stands still unless the control API moves it. */
export const stillTime = (): ServerParts => ({
  services: { ...createServices(), clock: createClock(() => start) },
});
