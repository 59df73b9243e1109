import type { Liar } from '../rule.ts';
import type { Fetch } from '../world/fetch.ts';

interface Unlinking {
  /** The contact that was taken off a dossier. */
  readonly contact: string;
  /** The URLs of all links that were made so far, this one among them. */
  readonly known: readonly string[];
  readonly fetch: Fetch;
  readonly request: Request;
}

/** Does more than it should after each unlinking that succeeded. */
export const onUnlinking =
  (more: (unlinking: Unlinking) => Promise<void>): Liar =>
  (fetch, name) => {
    const known: string[] = [];
    return async (request) => {
      const operation = name(request.method, request.url);
      const body = operation === 'linkDossierContact' ? await request.clone().json() : undefined;
      const again = request.clone();
      const response = await fetch(request);
      if (!response.ok) return response;
      if (body) known.push(`${request.url}/${(body as { contact_id: string }).contact_id}`);
      if (operation === 'unlinkDossierContact') {
        const contact = request.url.split('/').at(-1) ?? '';
        await more({ contact, known, fetch, request: again });
      }
      return response;
    };
  };
