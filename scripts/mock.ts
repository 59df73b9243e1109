/**
 * `npm run mock [-- --port N]`: a static mock of the API, Prism on the generated bundle.
 *
 * It returns the contract's examples, accepts any API key and stores nothing. Exit codes: 0 ended
 * by Ctrl-C, 2 usage (an option, a port, a missing bundle), 4 Prism failed.
 */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { bundlePath, newCommand, parseOrExit, repositoryRoot } from './cli/command.ts';
import { isObject, type JsonObject } from './contract/description.ts';
import { claimPort, curlExample, PortRefused, PrismFailed, startPrism } from './mock/prism.ts';

const exitWith = (exitCode: number, line: string): never => {
  console.error(`mock: ${line}`);
  process.exit(exitCode);
};

const parsePort = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 (any free one) to 65535');
};

const readBundle = async (path: string): Promise<JsonObject> => {
  const inside = relative(repositoryRoot, path);
  const shown = inside.startsWith('..') ? path : inside;
  const text = await readFile(path, 'utf8').catch(() =>
    exitWith(2, `there is no bundle at ${shown}. Run \`npm run generate\` first.`),
  );
  try {
    const bundle: unknown = JSON.parse(text);
    if (isObject(bundle)) return bundle;
  } catch {
    // Reported below, like a bundle that isn't an object.
  }
  return exitWith(2, `${shown} is not a bundle. Run \`npm run generate\` to write it again.`);
};

const claim = async (host: string, port: number): Promise<number> => {
  try {
    return await claimPort(host, port);
  } catch (error) {
    const reason =
      error instanceof PortRefused && error.code === 'EADDRINUSE' ? 'in use' : String(error);
    return exitWith(2, `${host}:${port} cannot be used: ${reason}. Choose another with --port.`);
  }
};

const command = newCommand('mock', 'Start a static mock of the API: Prism on the bundle.')
  .option('--port <number>', 'port to listen on; 0 takes any free one', parsePort, 4010)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--bundle <file>', 'bundle to serve', bundlePath);
parseOrExit(command);
const options = command.opts<{ port: number; host: string; bundle: string }>();

const bundle = await readBundle(options.bundle);
const port = await claim(options.host, options.port);
const baseUrl = `http://${options.host}:${port}`;
try {
  const prism = await startPrism(options.bundle, { host: options.host, port }, console.log);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, prism.stop);
  // Prism ends with this process.
  process.on('exit', prism.stop);
  console.log(`Mock at ${baseUrl} (Ctrl-C ends it). Try: ${curlExample(bundle, baseUrl)}`);
  const said = await prism.ended;
  if (said !== undefined) exitWith(4, `Prism ended: ${said}. Start it again.`);
  process.exit(0);
} catch (error) {
  if (!(error instanceof PrismFailed)) throw error;
  exitWith(
    4,
    `Prism did not start: ${error.message}. Check the bundle with \`npm run contract:check\`.`,
  );
}
