import { letIn } from '../../liars/borders.ts';
import { defineRule } from '../../rule.ts';
import { idsInPath, mixedPaths } from '../../world/foreign-paths.ts';

export default defineRule({
  id: 'isolation/foreign-id',
  level: 'MUST',
  verifies: ['LG-ERR-017'],
  sentence: 'A path with an id of another organisation is not found.',
  needs: ['second-organization'],
  check: async ({ operations, organization, expect }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    for (const operation of operations) {
      const { id } = operation;
      const names = idsInPath(operation);
      if (names.length === 0) continue;
      const foreign = (await theirs.prepare(id)).path ?? {};
      const request = await ours.prepare(id);
      for (const path of mixedPaths(names, request.path, (name) => foreign[name] ?? '')) {
        expect.refusal(await ours.all.send(id, { ...request, path }), 404);
      }
      expect.success(await ours.all.send(id, request));
    }
  },
  // A server that looks for the link, and not whose dossier it is on.
  liar: letIn('unlinkDossierContact'),
});
