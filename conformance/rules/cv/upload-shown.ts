import { aFullDossier } from '../../arbitraries/changes.ts';
import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { view } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { dossierFields } from '../../world/sightings.ts';
import { uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-shown',
  level: 'SHOULD',
  verifies: ['LG-CV-016', 'LG-DOS-018'],
  sentence: 'An upload answers the whole dossier with its address, as it is read from then on.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullDossier()],
      async (draft) => {
        for (const upload of uploads) {
          const home = await world.organization();
          const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
          const before = await view(world, home, id);
          expectEqual(before.retrieved.cv_url, null, 'cv_url before the upload');
          expectEqual(before.listed.cv_url, null, 'cv_url before the upload');
          const answered = await upload.succeed(world, home, id, aCv());
          const after = await view(world, home, id);
          for (const field of dossierFields(world.contract)) {
            expectEqual(answered[field], after.retrieved[field], `${field} in the answer`);
            expectEqual(after.listed[field], after.retrieved[field], `${field} in the list`);
          }
          const { cv_url } = answered;
          const with_ = (dossier: typeof before.retrieved) => ({ ...dossier, cv_url });
          const marked = { retrieved: with_(before.retrieved), listed: with_(before.listed) };
          expectUntouched(world, marked, { answered, ...after });
        }
      },
      4,
    ),
  // A server that answers as briefly as the example.
  liar: onAnswer(['uploadDossierCv'], (answer) => {
    if (answer.status >= 300) return;
    const { data } = answer.body as { data: { id: string; cv_url: string } };
    answer.body = { data: { id: data.id, cv_url: data.cv_url } };
  }),
});
