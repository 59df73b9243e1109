import { findFault, programs } from './built.js';
import { createBuild } from './create.js';

/** Renews each build that is older than its sources: tests start the commands from them. */
export const setup = async () => {
  for (const program of programs) {
    if (findFault(program) !== undefined) await createBuild(program);
  }
};
