import { describe, expect, it } from 'vitest';
import { encodeForm, Form } from '../http/form.ts';

/** What a server reads from the bytes of a form. */
const readBack = async (form: Form) => {
  const { body, type } = encodeForm(form);
  const response = new Response(Buffer.from(body), { headers: { 'content-type': type } });
  // The bytes are few, and come from this process.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return response.formData();
};

describe('the bytes of a form', () => {
  it('hold texts, names and files of any kind', async () => {
    const form = new Form();
    form.append('name', 'Zoë "the" Ångström 🎈');
    form.append('odd " name', '');
    form.append('name', 'twice');
    const bytes = new Uint8Array([0, 13, 10, 45, 45, 255]);
    form.append('cv', { bytes, type: 'application/pdf', name: 'é "1".pdf' });
    form.append('other', { bytes: new TextEncoder().encode('plain'), type: '', name: 'blob' });
    const read = await readBack(form);
    expect(read.getAll('name')).toEqual(['Zoë "the" Ångström 🎈', 'twice']);
    const cv = read.get('cv') as Blob;
    expect(new Uint8Array(await cv.arrayBuffer())).toEqual(bytes);
    expect(cv.type).toBe('application/pdf');
    expect(await (read.get('other') as Blob).text()).toBe('plain');
    expect([...read.keys()]).toHaveLength(5);
  });

  it('are the same as those of the web, but for the boundary', async () => {
    const [form, webForm] = [new Form(), new FormData()];
    for (const one of [form, webForm]) one.append('a"\r\nb', 'one\ntwo\rthree\r\nfour');
    form.append('cv', { bytes: new TextEncoder().encode('x'), type: '', name: 'a"\n.pdf' });
    webForm.append('cv', new Blob(['x']), 'a"\n.pdf');
    const web = new Response(webForm);
    const boundary = /boundary=(.*)$/.exec(web.headers.get('content-type') ?? '')?.[1] ?? '';
    const { body, type } = encodeForm(form);
    const own = /boundary=(.*)$/.exec(type)?.[1] ?? '';
    expect(Buffer.from(body).toString().replaceAll(own, '*').trimEnd()).toBe(
      (await web.text()).replaceAll(boundary, '*').trimEnd(),
    );
  });

  it('have a boundary that none of their parts contains', async () => {
    const form = new Form();
    const { type } = encodeForm(form);
    const taken = /boundary=(.*)$/.exec(type)?.[1] ?? '';
    form.append('trap', `\r\n--${taken}--`);
    expect((await readBack(form)).get('trap')).toBe(`\r\n--${taken}--`);
  });

  it('follow changes of its fields', async () => {
    const form = new Form();
    for (const [name, value] of ['a1', 'b1', 'a2', 'c1', 'a3'])
      form.append(name ?? '', value ?? '');
    form.set('a', 'only');
    form.delete('b');
    form.set('d', 'last');
    expect([...(await readBack(form))]).toEqual([
      ['a', 'only'],
      ['c', '1'],
      ['d', 'last'],
    ]);
  });
});
