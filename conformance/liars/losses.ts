import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';
import { onPage } from './answers.ts';

/** Shows nothing more in the lists of what belongs to a dossier once that was deleted. */
export const loseBelongings =
  (list: OperationId): Liar =>
  (fetch, name) => {
    const deleted = new Set<string>();
    const idIn = (url: string): string => /dossiers\/([^/?]+)/.exec(url)?.[1] ?? '';
    const lose = onPage([list], (page, url) => {
      if (deleted.has(idIn(url.href))) page.data.splice(0);
    })(fetch, name);
    return (request) => {
      if (name(request.method, request.url) === 'archiveDossier') deleted.add(idIn(request.url));
      return lose(request);
    };
  };
