import { onRequest } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { aCv } from '../../world/forms.ts';
import { uploadBytes } from '../../world/uploads.ts';

const others = ['application/octet-stream', 'application/json', 'text/plain', 'image/png'];

export default defineRule({
  id: 'cv/upload-media-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-029', 'LG-GEN-030'],
  sentence: 'The bytes of a PDF are refused as anything but a PDF, and without a media type.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'For another type' });
    const { bytes: body } = aCv();
    for (const headers of [...others.map((type) => ({ 'content-type': type })), {}]) {
      const request = { path: { id }, body, headers };
      world.expect.refusal(await home.all.send('uploadDossierCv', request), 400);
    }
    await uploadBytes.succeed(world, home, id, aCv());
  },
  // A server that goes by the bytes alone.
  liar: onRequest(['uploadDossierCv'], (request) => {
    const headers = new Headers(request.headers);
    headers.set('content-type', 'application/pdf');
    return Promise.resolve(new Request(request, { headers }));
  }),
});
