import type { CheckOrder } from '../core/variations.ts';
import { endOfDay, type Installation } from '../core/installation.ts';
import { type Key, keyPrefix } from '../core/records.ts';
import { Refusal, formatMessage, undocumentedRefusal } from '../core/refusals.ts';
import { type ReadBody, readBody, type Sent } from './body.ts';
import type { Allowance, RateLimits } from './rate-limit.ts';
import { requireRoute, type RouteMatch } from './routes.ts';

/** A request, and the results of its checks so far. */
export interface RequestContext {
  readonly installation: Installation;
  readonly rates: RateLimits;
  readonly method: string;
  readonly match: RouteMatch;
  readonly query: URLSearchParams;
  readonly accept: string | undefined;
  readonly sent: Sent;
  readonly key: Key | undefined;
  /** @throws Refusal if a simultaneous request has the same e-mail address (LG-CON-081) */
  readonly ensureAlone: () => void;
  /** Set when the rate limit is checked. */
  allowance?: Allowance;
  read?: ReadBody;
}

type Check = (context: RequestContext) => void;

const checkKey: Check = ({ installation, key, rates }) => {
  if (key) return;
  rates.checkUnauthorized();
  const message = formatMessage(
    installation,
    'The API key is missing or wrong.',
    'De sleutel ontbreekt.',
  );
  throw new Refusal(401, 'unauthorized', message);
};

const checkPlan: Check = ({ installation, key, rates }) => {
  if (!key || key.organization.plan === 'growth') return;
  rates.checkPlanless(key);
  const message = formatMessage(
    installation,
    'The API comes with Growth.',
    'De API hoort bij Growth.',
  );
  throw new Refusal(402, 'plan_required', message);
};

const checkRateLimit: Check = (context) => {
  const { installation, key, rates, match } = context;
  if (!key || key.organization.plan !== 'growth') return;
  const cost = rates.costOf(match.route?.name);
  const allowance = rates.of(key);
  context.allowance = allowance;
  rates.checkBurst(key);
  if (allowance.left() < cost) {
    if (installation.takes('LG-LIM-018', 2)) allowance.spend(cost);
    throw rates.refusal(allowance, cost);
  }
  if (!installation.takes('LG-LIM-018', 1)) allowance.spend(cost);
};

const checkRoute: Check = ({ installation, match, method }) => {
  requireRoute(installation, match, method);
};

const checkScopes: Check = ({ installation, match, key }) => {
  const missing = match.route?.scopes.find((scope) => !key?.scopes.has(scope));
  if (missing === undefined) return;
  const message = formatMessage(
    installation,
    `The key lacks ${missing}.`,
    `De sleutel mist ${missing}.`,
  );
  throw new Refusal(403, 'forbidden', message);
};

const checkAccept: Check = ({ installation, accept }) => {
  if (!installation.takes('LG-GEN-032', 1) || accept === undefined) return;
  if (/(\*|application)\/(\*|json)/.test(accept)) return;
  throw new Refusal(
    406,
    'not_acceptable',
    formatMessage(installation, 'There is JSON only.', 'Alleen JSON.'),
  );
};

const checkBody: Check = (context) => {
  const { installation, match, query, sent } = context;
  if (!match.route) return;
  if (installation.takes('LG-GEN-027', 1)) {
    const { parameters } = match.route;
    const undocumented = [...query.keys()].find((name) => !parameters.includes(name));
    if (undocumented !== undefined)
      throw undocumentedRefusal(installation, `${undocumented} is unknown`, 'unknown_parameter');
  }
  context.read = readBody(installation, match.route, sent);
};

/** The orders in which a request can be checked (LG-ERR-027). */
const orders: Readonly<Record<CheckOrder, readonly Check[]>> = {
  decided: [checkKey, checkPlan, checkRateLimit, checkRoute, checkScopes, checkAccept, checkBody],
  'path-first': [
    checkRoute,
    checkAccept,
    checkKey,
    checkPlan,
    checkRateLimit,
    checkScopes,
    checkBody,
  ],
  'body-first': [
    checkRoute,
    checkBody,
    checkKey,
    checkPlan,
    checkRateLimit,
    checkScopes,
    checkAccept,
  ],
  'scope-before-plan': [
    checkKey,
    checkRoute,
    checkScopes,
    checkPlan,
    checkRateLimit,
    checkBody,
    checkAccept,
  ],
  'body-before-scope': [
    checkKey,
    checkPlan,
    checkRoute,
    checkRateLimit,
    checkBody,
    checkScopes,
    checkAccept,
  ],
  'rate-last': [
    checkKey,
    checkRoute,
    checkScopes,
    checkPlan,
    checkBody,
    checkRateLimit,
    checkAccept,
  ],
};

/** @throws Refusal by the first check that fails */
export const checkAll = (context: RequestContext): void => {
  const { variations, takes } = context.installation;
  const defaultOrder = takes('LG-ERR-027', 1) ? 'body-before-scope' : 'decided';
  for (const check of orders[variations.checks ?? defaultOrder]) check(context);
};

/** The API key of a request; undefined if it is missing, unknown or expired. */
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
