import { crashOn } from '../../liars/crashes.ts';
import { defineRule } from '../../rule.ts';
import { expectNoFailures, type WrongRequest } from '../../world/clients-errors.ts';
import { addFile, aCv } from '../../world/forms.ts';

/** A form of these parts, whichever operation it is for. */
const formWith = (fill: (form: FormData) => void): FormData => {
  const form = new FormData();
  form.set('type', 'candidate');
  form.set('name', 'Noor Bakker');
  fill(form);
  return form;
};

const forms: Readonly<Record<string, (form: FormData) => void>> = {
  'a text as cv': (form) => {
    form.set('cv', 'no file');
  },
  'two files as cv': (form) => {
    addFile(form, 'cv', aCv());
    addFile(form, 'cv', aCv());
  },
  'a file in an unknown field': (form) => {
    addFile(form, 'photo', aCv());
  },
  'a file as name': (form) => {
    form.delete('name');
    addFile(form, 'name', aCv());
  },
  'an empty file': (form) => {
    addFile(form, 'cv', aCv(new Uint8Array()));
  },
  'a file that is no PDF': (form) => {
    addFile(form, 'cv', aCv(new TextEncoder().encode('no PDF')));
  },
  'an unknown type': (form) => {
    form.set('type', 'none');
  },
};

/** Texts that are no form, whatever their label says. */
const texts: readonly string[] = ['', 'no form', '--x', '--x--', '--x\r\n\r\n', '{"type":"sales"}'];
const labels: readonly string[] = ['multipart/form-data; boundary=x', 'multipart/form-data'];

const wrongForms = (): WrongRequest[] => [
  ...Object.entries(forms).map(([wrong, fill]) => ({ body: formWith(fill), wrong })),
  ...labels.flatMap((label) =>
    texts.map((text) => ({
      ...{ body: new TextEncoder().encode(text), headers: { 'content-type': label } },
      wrong: `${JSON.stringify(text)} as ${label}`,
    })),
  ),
  { body: new FormData(), wrong: 'an empty form' },
];

export default defineRule({
  id: 'errors/wrong-forms',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence:
    'A form that is cut off, or has other parts than documented, is no failure of the server.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const { id, body: media } of world.operations) {
      if (!('multipart/form-data' in media)) continue;
      const request = await home.prepare(id);
      const wrong = wrongForms().map((one) => ({ ...request, headers: {}, ...one }));
      await expectNoFailures(world, home, id, wrong);
    }
  },
  liar: crashOn(
    ({ headers, text }) =>
      (headers.get('content-type')?.includes('form-data') ?? false) && text.includes('photo'),
  ),
});
