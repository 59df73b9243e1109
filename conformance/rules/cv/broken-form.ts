import type { OperationId } from '../../../openapi/contract.ts';
import { isForm } from '../../liars/forms.ts';
import { onRequest } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectNoneNamed } from '../../world/dossier-list.ts';
import { aForm } from '../../world/form-access.ts';
import { aCv } from '../../world/forms.ts';
import type { RawRequest } from '../../world/client.ts';
import { cvForm } from '../../world/uploads.ts';

/** Between the parts of a form that is written by hand. */
const boundary = 'between-the-parts';
const type = `multipart/form-data; boundary=${boundary}`;
const name = 'Of a broken form';

const part = (field: string, text: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${text}\r\n`;
/** All fields of a dossier; what ends the form is missing. */
const cutOff = part('type', 'candidate') + part('name', name);
const whole = `${cutOff}--${boundary}--\r\n`;

/** Bodies that are announced as forms and are none, with what they are announced as. */
const spoilt: readonly (readonly [type: string, body: string])[] = [
  [type, cutOff],
  [type, cutOff.slice(0, -5)],
  [type, `${cutOff}--${boundary}\r\n`],
  [type, JSON.stringify({ type: 'candidate', name })],
  [type, `--${boundary}\r\n`],
  ['multipart/form-data', whole],
];

export default defineRule({
  id: 'cv/broken-form',
  level: 'SHOULD',
  verifies: ['LG-CV-031'],
  sentence: 'A form that breaks off, or is none, is refused, and makes nothing.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'For broken forms' });
    const upload = { path: { id }, body: cvForm(aCv()) };
    const ways: readonly (readonly [OperationId, RawRequest])[] = [
      ['createDossier', aForm('Of a whole form')],
      ['uploadDossierCv', upload],
    ];
    for (const [operation, right] of ways) {
      for (const [contentType, body] of spoilt) {
        const headers = { 'content-type': contentType };
        world.expect.refusal(await home.all.send(operation, { ...right, body, headers }), 400);
      }
      world.expect.success(await home.all.send(operation, right));
    }
    await expectNoneNamed(world, home, name);
    const headers = { 'content-type': type };
    world.expect.success(await home.all.send('createDossier', { body: whole, headers }));
  },
  // It takes what has arrived for the whole.
  liar: onRequest(['createDossier'], async (request) => {
    if (!isForm(request)) return request;
    const text = await request.clone().text();
    return text === cutOff ? new Request(request, { body: whole }) : request;
  }),
});
