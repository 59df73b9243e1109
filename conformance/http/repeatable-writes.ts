import type { HttpRequest, Send } from './message.ts';
import { LostConnection } from './transport.ts';

/**
 * Lets writes that may be sent twice use connections again. One that is lost is sent once more, over
 * a new connection.
 */
export const withRepeatableWrites =
  (send: Send, isRepeatable: (request: HttpRequest) => boolean): Send =>
  async (request, flight) => {
    if (!isRepeatable(request)) return send(request, flight);
    try {
      return await send({ ...request, reuse: true }, flight);
    } catch (thrown) {
      if (!(thrown instanceof LostConnection)) throw thrown;
      return send(request, flight);
    }
  };

/** Calls of a control API that may be sent twice: an organisation or a key too many does no harm. */
export const isRepeatableControlCall = ({ method, url }: HttpRequest): boolean =>
  method === 'PUT' || method === 'DELETE' || /\/(organizations|keys)$/.test(url);
