import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { messageOf, usageError } from '../errors.ts';
import type { Surroundings } from '../http/message.ts';
import { createProxyAgents, createProxyFinder, namingProxies } from '../http/proxy.ts';
import type { CommandContext, Terminal } from './terminal.ts';

/** The options of the command line that say how the target is reached. */
export interface ConnectionOptions {
  /** A file with certificates of authorities, in PEM. */
  readonly cacert?: string | undefined;
  /** Whether any certificate is accepted. */
  readonly insecure?: boolean | undefined;
}

/** Clock and network of a command, before they are connected. */
interface Network extends Pick<CommandContext, 'surroundings' | 'connect'> {
  readonly terminal: Pick<Terminal, 'environment'>;
}

/**
 * Clock and network of a command: with the certificates of its options, and the proxies of the
 * environment.
 *
 * @throws Breakdown when the file of certificates or a proxy can't be used
 */
export const connectBy = (
  { cacert, insecure }: ConnectionOptions,
  { terminal, surroundings, connect }: Network,
): Surroundings => {
  const tls = { ca: cacert === undefined ? undefined : readCertificates(cacert), insecure };
  const find = createProxyFinder(terminal.environment);
  const send = connect({ ...tls, proxyAgent: createProxyAgents(find, tls) });
  return { ...surroundings, send: namingProxies(send, find) };
};

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const readCertificates = (file: string): string => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw usageError(`--cacert ${file} can't be read: ${messageOf(thrown)}. Name another file.`);
  }
  try {
    const found = text.match(certificate) ?? [];
    for (const one of found) new X509Certificate(one);
    if (found.length > 0) return text;
  } catch {
    // Said below.
  }
  throw usageError(
    `--cacert ${file} has no certificate in PEM. Name a file that begins with -----BEGIN CERTIFICATE-----.`,
  );
};
