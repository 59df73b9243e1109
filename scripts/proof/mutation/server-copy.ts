import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import type { defaultConfig } from '../../../reference-server/config.ts';
import type { startServer } from '../../../reference-server/server.ts';
import type { createServices } from '../../../reference-server/services.ts';
import type { createState } from '../../../reference-server/state/state.ts';
import { instrumentation } from './instrumentation.ts';

/** The parts of a copy of the server that starting it takes. */
export interface ServerCopy {
  readonly startServer: typeof startServer;
  readonly defaultConfig: typeof defaultConfig;
  readonly createServices: typeof createServices;
  readonly createState: typeof createState;
}

type Wrapper = (
  require: NodeJS.Require,
  module: { exports: unknown },
  contractUrl: string,
) => unknown;

/**
 * Makes the server of a folder ready to be loaded as often as wanted, anew each time, so that what
 * modules do as they are loaded is mutated like everything else. It is compiled only once.
 *
 * @param folder - where a `reference-server/` and an `openapi/` stand
 */
export const prepareServer = async (folder: string): Promise<() => ServerCopy> => {
  const contractUrl = pathToFileURL(join(folder, 'openapi', 'contract.ts')).href;
  const { outputFiles } = await build({
    stdin: {
      contents: [
        "export { startServer } from './reference-server/server.ts';",
        "export { defaultConfig } from './reference-server/config.ts';",
        "export { createServices } from './reference-server/services.ts';",
        "export { createState } from './reference-server/state/state.ts';",
      ].join('\n'),
      resolveDir: folder,
      loader: 'ts',
    },
    ...{ bundle: true, write: false, platform: 'node', format: 'cjs', target: 'node20' },
    packages: 'external',
    // Only the contract asks where it stands.
    define: { 'import.meta.url': 'contractUrl', 'import.meta.dirname': 'undefined' },
    logLevel: 'error',
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`Nothing came of bundling the server in ${folder}.`);
  const parameters = '(require, module, contractUrl)';
  const source = `(function ${parameters} { const exports = module.exports;\n${instrumentation.forSeveral(bundle.text)}\n})`;
  const script = new Script(source, { filename: 'reference-server.cjs' });
  const require = createRequire(contractUrl);
  return () => {
    const module: { exports: unknown } = { exports: {} };
    (script.runInThisContext() as Wrapper)(require, module, contractUrl);
    return module.exports as ServerCopy;
  };
};
