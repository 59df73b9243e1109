import type { CheckOrder } from '../core/freedoms.ts';
import { endOfDay, type Installation } from '../core/installation.ts';
import { type Key, keyPrefix } from '../core/records.ts';
import { Refusal, say, unforeseen } from '../core/refusals.ts';
import { type ReadBody, readBody, type Sent } from './body.ts';
import type { Allowance, RateLimits } from './rate-limit.ts';
import { demandRoute, type RouteMatch } from './routes.ts';

/** One request on its way through the checks. */
export interface RequestContext {
  readonly installation: Installation;
  readonly rates: RateLimits;
  readonly method: string;
  readonly aim: RouteMatch;
  readonly query: URLSearchParams;
  readonly accept: string | undefined;
  readonly sent: Sent;
  readonly key: Key | undefined;
  /** Refuses a request that came at the same moment as another of its kind (LG-CON-081). */
  readonly ensureAlone: () => void;
  /** What the key's organisation may still send, once that was asked. */
  allowance?: Allowance;
  read?: ReadBody;
}

type Check = (hearing: RequestContext) => void;

const authenticated: Check = ({ installation, key, rates }) => {
  if (key) return;
  rates.checkStranger();
  const message = say(installation, 'The API key is missing or wrong.', 'De sleutel ontbreekt.');
  throw new Refusal(401, 'unauthorized', message);
};

const planned: Check = ({ installation, key, rates }) => {
  if (!key || key.organization.plan === 'growth') return;
  rates.checkPlanless(key);
  const message = say(installation, 'The API comes with Growth.', 'De API hoort bij Growth.');
  throw new Refusal(402, 'plan_required', message);
};

const affordable: Check = (hearing) => {
  const { installation, key, rates, aim } = hearing;
  if (!key || key.organization.plan !== 'growth') return;
  const cost = rates.costOf(aim.route?.name);
  const allowance = rates.of(key);
  hearing.allowance = allowance;
  rates.checkBurst(key);
  if (allowance.left() < cost) {
    if (installation.takes('LG-LIM-018', 2)) allowance.spend(cost);
    throw rates.refusal(allowance, cost);
  }
  if (!installation.takes('LG-LIM-018', 1)) allowance.spend(cost);
};

const known: Check = ({ installation, aim, method }) => {
  demandRoute(installation, aim, method);
};

const scoped: Check = ({ installation, aim, key }) => {
  const lacking = aim.route?.scopes.find((scope) => !key?.scopes.has(scope));
  if (lacking === undefined) return;
  const message = say(installation, `The key lacks ${lacking}.`, `De sleutel mist ${lacking}.`);
  throw new Refusal(403, 'forbidden', message);
};

const acceptable: Check = ({ installation, accept }) => {
  if (!installation.takes('LG-GEN-032', 1) || accept === undefined) return;
  if (/(\*|application)\/(\*|json)/.test(accept)) return;
  throw new Refusal(
    406,
    'not_acceptable',
    say(installation, 'There is JSON only.', 'Alleen JSON.'),
  );
};

const readable: Check = (hearing) => {
  const { installation, aim, query, sent } = hearing;
  if (!aim.route) return;
  if (installation.takes('LG-GEN-027', 1)) {
    const { parameters } = aim.route;
    const odd = [...query.keys()].find((name) => !parameters.includes(name));
    if (odd !== undefined) throw unforeseen(installation, `${odd} is unknown`, 'unknown_parameter');
  }
  hearing.read = readBody(installation, aim.route, sent);
};

/** The orders in which a request can be checked (LG-ERR-027). */
const orders: Readonly<Record<CheckOrder, readonly Check[]>> = {
  decided: [authenticated, planned, affordable, known, scoped, acceptable, readable],
  'path-first': [known, acceptable, authenticated, planned, affordable, scoped, readable],
  'body-first': [known, readable, authenticated, planned, affordable, scoped, acceptable],
  'scope-before-plan': [authenticated, known, scoped, planned, affordable, readable, acceptable],
  'body-before-scope': [authenticated, planned, known, affordable, readable, scoped, acceptable],
  'rate-last': [authenticated, known, scoped, planned, readable, affordable, acceptable],
};

/** @throws Refusal by the first check that says no */
export const checkAll = (hearing: RequestContext): void => {
  const { freedoms, takes } = hearing.installation;
  const other = takes('LG-ERR-027', 1) ? 'body-before-scope' : 'decided';
  for (const check of orders[freedoms.checks ?? other]) check(hearing);
};

/** The key of a request, if it is one that holds. */
export const keyOf = (
  { takes, keys, organizations, now }: Installation,
  authorization: string | undefined,
): Key | undefined => {
  const pattern = takes('LG-AUT-017', 1) ? /^Bearer (\S+)$/ : /^bearer (\S+)$/i;
  const text = pattern.exec(authorization ?? '')?.[1];
  const key = text?.startsWith(keyPrefix) ? keys.get(text) : undefined;
  if (!key || !organizations.has(key.organization.id)) return undefined;
  if (key.expires === null) return key;
  const end = takes('LG-AUT-010', 1) ? endOfDay(key.expires) : key.expires;
  return now() < end ? key : undefined;
};
