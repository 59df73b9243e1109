import { onDraft } from '../../../../conformance/liars/drafts.ts';
import type { Liar } from '../../../../conformance/rule.ts';

/** Reads the text of JSON bodies as another; files and forms stay as they are. */
export const misreadJson =
  (misread: (json: string) => string): Liar =>
  (fetch, name) => {
    const bent = onDraft((draft) => {
      if (draft.body !== undefined) draft.body = misread(draft.body);
    })(fetch, name);
    return (request, signal) =>
      request.headers.get('content-type')?.includes('json')
        ? bent(request, signal)
        : fetch(request, signal);
  };
