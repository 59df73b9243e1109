import { createClock, createServices } from '../runtime/services.ts';
import type { ServerParts } from '../server.ts';

const start = Date.parse('2026-05-04T08:30:00Z');

/** Parts of a server with a clock that only the control API moves. */
export const frozenClock = (): ServerParts => ({
  services: { ...createServices(), clock: createClock(() => start) },
});
