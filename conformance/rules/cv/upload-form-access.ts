import { letIn } from '../../liars/access.ts';
import { isForm } from '../../liars/forms.ts';
import { defineRule } from '../../rule.ts';
import { expectPermittedRefusal, type Reason } from '../../world/permitted-refusals.ts';
import { retrieve } from '../../world/sightings.ts';
import { expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { isUuid, unknownIdLike } from '../../world/unknown-id.ts';
import { cvForm } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-form-access',
  level: 'MUST',
  verifies: [
    'LG-AUT-001',
    'LG-AUT-018',
    'LG-AUT-020',
    'LG-AUT-035',
    'LG-ERR-016',
    'LG-ERR-017',
    'LG-ERR-019',
  ],
  sentence: 'A CV by a form needs a key, its scope and a dossier of the own organisation.',
  needs: ['scoped-keys', 'second-organization'],
  check: async (world) => {
    const { contract, expect } = world;
    const [home, theirs] = [await world.organization(), await world.organization({ second: true })];
    const { id } = await home.createDossier({ type: 'candidate', name: 'To get no CV at first' });
    const foreign = await theirs.createDossier({ type: 'candidate', name: 'Of others' });
    const upload = (dossier: string) => ({ path: { id: dossier }, body: cvForm(aCv()) });
    const needed = new Set(contract.operations.uploadDossierCv.scopes);
    const weak = await home.client({ scopes: contract.scopes.filter((one) => !needed.has(one)) });
    const nobody = world.clientWith(undefined);
    expect.refusal(await nobody.send('uploadDossierCv', upload(id)), 401);
    expect.refusal(await weak.send('uploadDossierCv', upload(id)), 403);
    const { cv_url } = await retrieve(world, home, id);
    expectThat(!cv_url, 'no CV after a refusal', () => cv_url);
    // Of another form than a UUID, it may not be well-formed after all.
    const reasons: readonly Reason[] = isUuid(id) ? [404] : ['LG-GEN-048'];
    const nothing = await home.all.send('uploadDossierCv', upload(unknownIdLike(id)));
    expectPermittedRefusal(world, nothing, reasons);
    expect.refusal(await home.all.send('uploadDossierCv', upload(foreign.id)), 404);
    const { cv_url: theirCv } = await retrieve(world, theirs, foreign.id);
    expectThat(!theirCv, 'no CV on the dossier of others', () => theirCv);
    expect.success(await home.all.send('uploadDossierCv', upload(id)));
  },
  liar: letIn(403, isForm),
});
