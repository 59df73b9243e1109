import type { PeerId } from '../peers/peer.ts';

/** How the peers' record names our own suite. */
export const ownId: PeerId = 'suite';

/** Whether it is our own suite, or a part of it: `ambient` is the suite with its schemas alone. */
export const isOwn = (id: PeerId): boolean => id === ownId || id === 'ambient';
