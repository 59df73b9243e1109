import type { Installation } from '../installation.ts';
import { Refusal, say } from '../refusal.ts';
import { routes, type Route } from './routes.ts';

/** What a request is for, as far as its first line tells. */
export interface Aim {
  readonly path: string;
  /** All operations of that path. */
  readonly there: readonly Route[];
  readonly route: Route | undefined;
}

/** Finds out what a request is for. */
export const aimOf = ({ takes }: Installation, method: string, sent: string): Aim => {
  const bare = takes('LG-ERR-026', 1) ? sent.replace(/(.)\/$/, '$1') : sent;
  const path = takes('LG-ERR-026', 3) ? lowerNames(bare) : bare;
  const there = routes.filter(({ pattern }) => pattern.test(path));
  const own = takes('LG-ERR-025', 3) && method === 'PUT' ? 'PATCH' : method;
  const asked = takes('LG-ERR-025', 2) && method === 'HEAD' ? 'GET' : own;
  return { path, there, route: there.find((route) => route.method === asked) };
};

/** The names in a path in lower case; every other part is an id, and stays as it is. */
const lowerNames = (path: string): string =>
  path
    .split('/')
    .map((part, index) => (index % 2 === 1 ? part.toLowerCase() : part))
    .join('/');

/** The parts of the path that are ids. */
export const partsOf = ({ path, route }: Aim): Readonly<Record<string, string>> => {
  const parts = Object.entries(route?.pattern.exec(path)?.groups ?? {});
  return Object.fromEntries(parts.map(([name, text]) => [name, decode(text)]));
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** @throws Refusal when nothing is there, or nothing by that method */
export const demandRoute = (
  installation: Installation,
  { route, there }: Aim,
  method: string,
): Route => {
  if (route) return route;
  const { takes } = installation;
  const allow = { allow: there.map((one) => one.method).join(', ') };
  if (there.length > 0 && takes('LG-ERR-025', 2) && method === 'OPTIONS') {
    throw new Refusal(204, '', '', allow);
  }
  if (there.length > 0 && takes('LG-ERR-025', 1)) {
    const message = say(installation, 'That is not allowed.', 'Dat mag niet.');
    throw new Refusal(405, 'method_not_allowed', message, allow);
  }
  const code = takes('LG-ERR-024', 1) ? 'unknown_path' : 'not_found';
  throw new Refusal(404, code, say(installation, 'There is no such path.', 'Onbekend pad.'));
};

/** The answer that leads to the path without the slash at its end, where that is done. */
export const redirection = (
  { takes }: Installation,
  base: string,
  path: string,
  query: string,
): Refusal | undefined => {
  if (!takes('LG-ERR-026', 2) || !/.\/$/.test(path)) return undefined;
  const location = base + path.replace(/\/+$/, '') + query;
  return new Refusal(308, 'moved', 'It is elsewhere.', { location });
};
