import { dropFirst } from '../../liars/uploads.ts';
import { defineRule } from '../../rule.ts';
import { cvLimits } from '../../world/cv-limits.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import type { Exchange } from '../../world/exchange.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';
import { expectFileRefused, otherFiles } from '../../world/other-files.ts';
import { pdf } from '../../world/pdf.ts';
import { expectPermittedRefusal, type Reason } from '../../world/permitted-refusals.ts';
import { retrieve } from '../../world/sightings.ts';
import { cvForm, uploads } from '../../world/uploads.ts';

export default defineRule({
  id: 'cv/upload-refused',
  level: 'SHOULD',
  verifies: ['LG-CV-029', 'LG-ERR-028'],
  sentence: 'An upload that is refused leaves an earlier CV in place.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'To keep its CV' };
    const { id } = await createByForm(world, home, formOf(draft, aCv()));
    const { cv_url: before } = await retrieve(world, home, id);
    expectThat(Boolean(before), 'cv_url of the dossier by its id', () => before);
    const expectRefused = async (exchange: Exchange, reason: Reason) => {
      expectPermittedRefusal(world, exchange, [reason]);
      expectEqual((await retrieve(world, home, id)).cv_url, before, 'cv_url as before,');
    };
    const tooMuch = aCv(pdf(cvLimits(world.contract).most + 1));
    for (const { send } of uploads) await expectRefused(await send(home, id, tooMuch), 'LG-CV-020');
    const none = { path: { id }, body: cvForm() };
    await expectRefused(await home.all.send('uploadDossierCv', none), 400);
    const [file] = otherFiles;
    for (const { send } of uploads) {
      const exchange = await send(home, id, file);
      expectFileRefused(world, exchange);
      expectEqual((await retrieve(world, home, id)).cv_url, before, 'cv_url as before,');
    }
    for (const { succeed } of uploads) await succeed(world, home, id, aCv());
  },
  liar: dropFirst(),
});
