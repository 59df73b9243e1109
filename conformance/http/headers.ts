import type { Send } from './message.ts';

/** Headers that go with every request to a target, by lower-case name. */
export type UsualHeaders = Readonly<Record<string, string>>;

/**
 * Adds headers to every request to the origin of a target; those of a rule are kept. Other origins, such as
 * that of a control API elsewhere, don't get them: they may be secret.
 */
export const withUsualHeaders = (send: Send, headers: UsualHeaders, target: string): Send => {
  if (Object.keys(headers).length === 0) return send;
  const { origin } = new URL(target);
  return (request, flight) => {
    if (!isAt(origin, request.url)) return send(request, flight);
    return send({ ...request, headers: { ...headers, ...request.headers } }, flight);
  };
};

const isAt = (origin: string, url: string): boolean =>
  url.startsWith(origin) && ['/', '?', '#', ''].includes(url.charAt(origin.length));
