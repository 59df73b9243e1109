import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { expectStrayRefused, stray } from '../../world/strays.ts';

/** The path in spellings that are nearly its own. */
const nearly = (path: string): string[] => [
  `${path}/`,
  path.replace(/^\/[a-z]+/, (name) => name.toUpperCase()),
];

export default defineRule({
  id: 'errors/exact-path',
  level: 'SHOULD',
  verifies: ['LG-ERR-026'],
  sentence: 'Paths are matched exactly: a slash at the end makes another path.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    for (const { id, method, path } of operations.filter((one) => one.method === 'GET')) {
      const request = await home.prepare(id);
      const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
        encodeURIComponent(request.path?.[name] ?? ''),
      );
      for (const spelling of nearly(filled)) {
        expectStrayRefused(contract, await stray(home.all, method, spelling), 404);
      }
      expect.success(await stray(home.all, method, filled));
    }
  },
  // It disregards the slash, as many routers do.
  liar: onDraft(({ url }) => {
    url.pathname = url.pathname.replace(/\/$/, '');
  }),
});
