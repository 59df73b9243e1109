import { beforeEach, describe, expect, it } from 'vitest';
import { expectRefusal, useLab } from './lab.ts';
import { openOffice, type Contact, type Office } from './office.ts';
import { stillTime } from './still-time.ts';

const lab = useLab({}, stillTime());
let office: Office;
beforeEach(async () => {
  office = await openOffice(lab);
});

const advance = (advance_seconds: number) => lab.control('PUT', '/clock', { advance_seconds });
/** Puts a contact in the pool for so many seconds from now; null takes it out as if never in it. */
const pool = async ({ id }: Contact, seconds: number | null) => {
  const until = seconds === null ? null : new Date(lab.services.clock.now() + seconds * 1000);
  const path = `/organizations/${office.id}/contacts/${id}/pool`;
  expect((await lab.control('PUT', path, { until })).status).toBe(204);
};
const namesIn = async (query: string) => {
  const { data, meta } = await office.read<Contact[]>(`/contacts?pool=${query}`);
  expect(meta.total).toBe(data.length);
  return data.map(({ full_name }) => full_name);
};
const people = (...names: string[]) =>
  Promise.all(names.map((full_name) => office.contact({ full_name })));

describe('The talent pool', () => {
  it('is listed as it is at that moment, and so is who has left it (LG-CON-008, LG-CON-009, LG-CON-010)', async () => {
    const [short, long, past] = await people('Short', 'Long', 'Past', 'Never');
    if (!short || !long || !past) throw new Error('Nobody was made.');
    await pool(short, 60);
    await pool(long, 86_400);
    await pool(past, -1);
    const see = async () => [(await namesIn('in_pool')).sort(), (await namesIn('expired')).sort()];
    expect(await see()).toEqual([['Long', 'Short'], ['Past']]);
    await advance(61);
    expect(await see()).toEqual([['Long'], ['Past', 'Short']]);
    await advance(86_400);
    expect(await see()).toEqual([[], ['Long', 'Past', 'Short']]);
    expect((await office.read('/contacts')).meta.total).toBe(4);
  });

  it('is over at the very instant at which its time ends (LG-CON-011)', async () => {
    const contact = await office.contact({ full_name: 'Sophie' });
    await pool(contact, 10);
    await advance(9.999);
    expect([await namesIn('in_pool'), await namesIn('expired')]).toEqual([['Sophie'], []]);
    await advance(0.001);
    expect([await namesIn('in_pool'), await namesIn('expired')]).toEqual([[], ['Sophie']]);
  });

  it('never held who was never put in it, and lists such a contact under neither (LG-CON-010)', async () => {
    const contact = await office.contact();
    await advance(1e9);
    expect([await namesIn('in_pool'), await namesIn('expired')]).toEqual([[], []]);
    await pool(contact, 60);
    expect(await namesIn('in_pool')).toHaveLength(1);
    await pool(contact, null);
    expect([await namesIn('in_pool'), await namesIn('expired')]).toEqual([[], []]);
  });

  it('takes a contact again whose time was over (LG-CON-008, LG-CON-009)', async () => {
    const contact = await office.contact({ full_name: 'Sophie' });
    await pool(contact, -60);
    await pool(contact, 60);
    expect([await namesIn('in_pool'), await namesIn('expired')]).toEqual([['Sophie'], []]);
  });

  it('is the organisation’s own, and is left by who is deleted', async () => {
    const other = await openOffice(lab);
    const contact = await office.contact();
    await pool(contact, 60);
    expect((await other.read('/contacts?pool=in_pool')).meta.total).toBe(0);
    await office.remove(`/contacts/${contact.id}`);
    expect(await namesIn('in_pool')).toEqual([]);
  });

  it('is shown in pages, and nothing of it in the contacts themselves', async () => {
    const contacts = await people('A', 'B', 'C');
    for (const contact of contacts) await pool(contact, 60);
    const { data, meta } = await office.read<Contact[]>('/contacts?pool=in_pool&per_page=2&page=2');
    expect(meta).toEqual({ total: 3, page: 2, per_page: 2 });
    expect(contacts).toContainEqual(data[0]);
  });

  it.each(['', 'in', 'IN_POOL', 'never', 'in_pool&pool=expired'])(
    'is asked for by its two states only, not by %j (LG-GEN-024, LG-GEN-025, LG-GEN-026)',
    async (text) => {
      const refused = await office.ask('GET', `/contacts?pool=${text}`);
      expectRefusal(refused, 400, 'invalid_body', /^pool must be/);
    },
  );
});
