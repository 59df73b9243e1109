import { setTimeout as sleep } from 'node:timers/promises';

/** How many of each resource there are before the work begins. */
const stock = 120;

/**
 * Fills an organisation, and then works in it until it is stopped: creates, updates, links, archives
 * and deletes its own resources. Returns a function that stops it.
 */
export const workOn = async (url: string, key: string): Promise<() => Promise<void>> => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const send = async (method: string, path: string, body?: object): Promise<string> => {
    const init = body && { body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, { method, headers, ...init });
    const { data } = (await response.json()) as { data?: { id?: string } };
    return data?.id ?? '';
  };
  const [dossiers, contacts]: [string[], string[]] = [[], []];
  const add = async (number: number): Promise<void> => {
    const email = `noor.bakker.${String(number)}@example.com`;
    const type = number % 2 === 0 ? 'candidate' : 'sales';
    dossiers.push(await send('POST', '/dossiers', { type, name: 'Noor Bakker' }));
    const contact = { full_name: 'Noor Bakker', email, kind: [type === 'sales' ? 'client' : type] };
    contacts.push(await send('POST', '/contacts', contact));
  };
  const go = async (number: number): Promise<void> => {
    await add(number);
    const [dossier = '', contact = ''] = [dossiers.shift(), contacts.shift()];
    await send('PATCH', `/dossiers/${dossier}`, { company: `Tulp ${String(number)}` });
    const link = { contact_id: contact, role_on_dossier: 'other', is_primary: true };
    await send('POST', `/dossiers/${dossier}/contacts`, link);
    await send('POST', `/dossiers/${dossier}/notes`, { content: 'From somebody else' });
    await send('DELETE', `/dossiers/${dossier}`);
    await send('DELETE', `/contacts/${contact}`);
  };
  for (let number = 0; number < stock; number += 1) await add(number);
  let working = true;
  const work = async (): Promise<void> => {
    for (let number = stock; working; number += 1) {
      await go(number);
      await sleep(150);
    }
  };
  const worked = work();
  return () => {
    working = false;
    return worked;
  };
};
