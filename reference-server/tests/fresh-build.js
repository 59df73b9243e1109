import { findFault } from '../built.js';

/** Renews the build of the server if it is older than the sources: tests start servers from it. */
export const setup = async () => {
  if (findFault() !== undefined) await import('../build.js');
};
