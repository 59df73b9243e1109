import type { Contract } from '../../openapi/contract.ts';
import { brokenDown, messageOf, misuse } from '../breakdown.ts';
import { provisionByControl } from '../targets/control.ts';
import { embeddedOmissions } from '../targets/embedded-omissions.ts';
import { startReferenceServer } from '../targets/embedded.ts';
import { provisionByKeys, readKeys } from '../targets/keys.ts';
import type { Target } from '../targets/target.ts';
import type { Surroundings } from '../world/fetch.ts';

export interface TargetOptions {
  /** The base URL of the target; the reference server is started when there is none. */
  readonly target: string | undefined;
  /** The base URL of the target's control API. */
  readonly control: string | undefined;
  /** Whether the production host may be judged. */
  readonly allowProduction: boolean;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
}

/**
 * Makes ready what a run judges: the target that the options name, or else the reference server.
 *
 * @throws Breakdown when the options contradict themselves, or nobody answers
 */
export const openTarget = async (
  options: TargetOptions,
  contract: Contract,
  surroundings: Surroundings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Target> => {
  const token = environment['LEADGRID_CONTROL_TOKEN'];
  const common = {
    ...{ fetch: surroundings.fetch, now: surroundings.now, scopes: contract.scopes },
    plan: planOf(contract),
    ...(token ? { token } : {}),
  };
  if (options.target === undefined) {
    if (options.control !== undefined) {
      throw misuse('--control goes with --target. Name the base URL of the API too.');
    }
    const { url, controlUrl, close } = await startReferenceServer();
    const provision = await provisionByControl({ ...common, url: controlUrl });
    return { url, ephemeral: true, omissions: embeddedOmissions, close, ...provision };
  }
  const url = readUrl(options.target, '--target');
  guardProduction(url, contract, options.allowProduction);
  const provision = options.control
    ? await provisionByControl({ ...common, url: readUrl(options.control, '--control') })
    : provisionByKeys(readKeys(environment));
  await knock(
    url,
    surroundings,
    options.timeout,
    options.control ? undefined : environment['LEADGRID_KEY'],
  );
  const close = () => Promise.resolve();
  return { url, ephemeral: false, omissions: [], close, ...provision };
};

/** A plan of the contract with API access. */
export const planOf = ({ plans }: Contract): string => {
  const [plan] = Object.entries(plans).find(([, { api }]) => api) ?? [];
  if (plan === undefined) throw new Error('No plan of the contract has API access.');
  return plan;
};

const readUrl = (text: string, option: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url && web && !/[?#]/.test(text) && url.username === '' && url.password === '') {
    return text.replace(/\/+$/, '');
  }
  if (url && web)
    throw misuse(`${option} must have no query, fragment or password. Leave them out.`);
  throw misuse(
    `${option} ${text} is no http or https URL. Give one such as http://127.0.0.1:4020/api/v1.`,
  );
};

const guardProduction = (url: string, contract: Contract, allowed: boolean): void => {
  const { hostname } = new URL(contract.productionUrl);
  const host = new URL(url).hostname;
  if (allowed || (host !== hostname && !host.endsWith(`.${hostname}`))) return;
  throw misuse(
    `${host} is the production host, and a run creates data there. ` +
      'Name a test installation, or insist with --allow-production.',
  );
};

/**
 * Sees whether anybody is there and, with a key, whether it is let in at all: a wrong key or base
 * URL is no verdict on the target. Any other answer is for the rules to judge.
 */
const knock = async (
  url: string,
  { fetch }: Surroundings,
  timeout: number,
  key: string | undefined,
): Promise<void> => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const signal = AbortSignal.timeout(timeout);
  let status: number;
  try {
    const request = new Request(`${url}/dossiers?per_page=1`, {
      headers,
      signal,
      redirect: 'manual',
    });
    ({ status } = await fetch(request));
  } catch (thrown) {
    throw brokenDown(
      `Nobody answers at ${url}: ${messageOf(thrown)}. Start the target, or correct --target.`,
    );
  }
  if (key !== undefined && status === 401) {
    throw misuse(`${url} refuses the key with 401. Correct LEADGRID_KEY, or --target.`);
  }
  if (key !== undefined && status === 404) {
    throw misuse(
      `${url} knows no /dossiers (404). Give --target the base URL, such as ${url}/api/v1.`,
    );
  }
};
