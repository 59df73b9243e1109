import type { Agent } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { NoResponse, usageError } from '../errors.ts';
import { isOnThisMachine, lookupBothFamilies } from './localhost.ts';
import type { Send } from './message.ts';
import { longestIdle } from './kept-connections.ts';
import { explainNoAnswer } from './timeout.ts';
import type { TransportOptions } from './transport.ts';

/** A proxy that the environment names for a URL. */
interface Proxy {
  /** With user and password, if there are any. */
  readonly url: URL;
  /** The variable that names it, such as `HTTPS_PROXY`. */
  readonly variable: string;
}

/** Finds the proxy for a URL; undefined for a direct way. */
export type FindProxy = (url: string) => Proxy | undefined;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in lower case first. This machine is never behind
 * a proxy: a target under development runs here, and a proxy elsewhere would reach its own machine.
 *
 * @throws Breakdown when a variable names no proxy that can be used
 */
export const createProxyFinder = (environment: Environment): FindProxy => {
  const proxies = { 'http:': readProxy('HTTP_PROXY'), 'https:': readProxy('HTTPS_PROXY') };
  const isExempt = createExemptions(environment['no_proxy'] ?? environment['NO_PROXY'] ?? '');
  return (text) => {
    const url = new URL(text);
    const proxy = proxies[url.protocol as keyof typeof proxies];
    return proxy && !isOnThisMachine(url.hostname) && !isExempt(url) ? proxy : undefined;
  };

  function readProxy(name: string): Proxy | undefined {
    const [variable = name] = [name.toLowerCase(), name].filter((one) => environment[one]);
    const value = environment[variable];
    if (!value) return undefined;
    const text = value.includes('://') ? value : `http://${value}`;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url && /^https?:$/.test(url.protocol)) return { url, variable };
    throw usageError(
      `${variable} must be the URL of an HTTP proxy, such as http://proxy.example.test:3128. ` +
        'Correct it, or remove it.',
    );
  }
};

/**
 * Reads `NO_PROXY` as curl does: hosts with all below them, with or without a port, addresses and
 * networks, separated by commas or spaces; `*` for all.
 */
const createExemptions = (list: string): ((url: URL) => boolean) => {
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '');
  const networks = new BlockList();
  for (const entry of entries) addNetwork(networks, entry);
  return ({ hostname, port, protocol }) => {
    const host = hostname.replaceAll(/^\[|\]$|\.$/g, '').toLowerCase();
    const family = isIP(host);
    if (family !== 0 && networks.check(host, family === 6 ? 'ipv6' : 'ipv4')) return true;
    const usedPort = port || (protocol === 'https:' ? '443' : '80');
    return entries.some((entry) => matches(entry.toLowerCase(), host, usedPort));
  };
};

const addNetwork = (networks: BlockList, entry: string): void => {
  const [, address = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(entry) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return;
  networks.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
};

const matches = (entry: string, host: string, port: string): boolean => {
  if (entry === '*') return true;
  const [, bracketed, plain, wanted] =
    /^(?:\[(.+)\]|([^:]+|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? [];
  const name = (bracketed ?? plain ?? '').replace(/^\*?\./, '').replace(/\.$/, '');
  if (name === '' || (wanted !== undefined && wanted !== port)) return false;
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
};

/** The agents for URLs that are behind a proxy, each with its own connections. */
export const createProxyAgents = (
  find: FindProxy,
  { ca, insecure = false }: Pick<TransportOptions, 'ca' | 'insecure'> = {},
): NonNullable<TransportOptions['proxyAgent']> => {
  const agents = new Map<string, Agent>();
  const tls = { ...(ca === undefined ? {} : { ca }), rejectUnauthorized: !insecure };
  const common = { lookup: lookupBothFamilies, autoSelectFamily: true, ...tls };
  const kept = { ...common, keepAlive: true, scheduling: 'lifo', timeout: longestIdle } as const;
  return (url, reuse) => {
    const proxy = find(url);
    if (!proxy) return undefined;
    const secure = url.startsWith('https:');
    const name = `${proxy.variable} ${String(secure)} ${String(reuse)}`;
    const known = agents.get(name);
    if (known) return known;
    const options = reuse ? kept : common;
    const agent = secure
      ? refusing(withOptions(new HttpsProxyAgent(proxy.url, options), tls), proxy)
      : new HttpProxyAgent(proxy.url, options);
    agents.set(name, agent);
    return agent;
  };
};

/** The agent takes TLS options for the proxy alone; the target behind needs them too. */
const withOptions = <Kind extends Agent>(agent: Kind, tls: object): Kind => {
  const { options } = agent as unknown as { options: object };
  Object.assign(options, tls);
  return agent;
};

/** The agent would pass off the refusal of the proxy as a response of the target. */
const refusing = (agent: HttpsProxyAgent<string>, proxy: Proxy): Agent => {
  // Its own events, which the types don't know.
  const events = agent as unknown as NodeJS.EventEmitter;
  events.on(
    'proxyConnect',
    (answer: { statusCode: number }, request: { destroy: (error: Error) => void }) => {
      if (answer.statusCode !== 200) request.destroy(refusal(proxy, answer.statusCode));
    },
  );
  return agent;
};

const refusal = (proxy: Proxy, status: number): NoResponse => {
  const { variable } = proxy;
  const why =
    status === 407
      ? `asks for a user and a password (407). Write them into ${variable}: http://USER:PASSWORD@HOST`
      : `refuses to connect to the target (${String(status)}). Ask who runs it, or add the host to NO_PROXY`;
  return new NoResponse(`The proxy ${describeProxy(proxy)} ${why}.`);
};

/** Without user and password. */
const describeProxy = ({ url, variable }: Proxy): string =>
  `${url.protocol}//${url.host} of ${variable}`;

/** The same way to the target; trouble with the proxy on it is named as such. */
export const namingProxies =
  (send: Send, find: FindProxy): Send =>
  async (request, flight) => {
    const proxy = find(request.url);
    if (!proxy) return send(request, flight);
    const response = await send(request, flight).catch((thrown: unknown) => {
      throw isOnTheWay(thrown) ? unreachable(proxy, thrown) : thrown;
    });
    if (response.status === 407) throw refusal(proxy, 407);
    return response;
  };

/** Whether an error is from the connection to the proxy: nothing else is connected to. */
const isOnTheWay = (thrown: unknown): boolean => {
  const { syscall, message = '' } = thrown as { syscall?: string; message?: string };
  const connecting = syscall === 'connect' || syscall === 'getaddrinfo';
  // Happy Eyeballs collects the errors of all addresses.
  const all = thrown instanceof AggregateError && thrown.errors.every(isOnTheWay);
  return connecting || all || message.startsWith('Proxy connection ended');
};

const unreachable = (proxy: Proxy, thrown: unknown): NoResponse =>
  new NoResponse(
    `The proxy ${describeProxy(proxy)} can't be reached: ${explainNoAnswer(thrown)}. ` +
      `Correct ${proxy.variable}, or add the host of the target to NO_PROXY.`,
  );
