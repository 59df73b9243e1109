import { expect } from 'vitest';
import type { Lab } from './lab.ts';

type Row = { readonly id: string };

/** All that the API shows of an organisation. It takes a key with every scope. */
export const portrait = async (lab: Lab, key: string) => {
  const list = async (path: string) => {
    const reply = await lab.call<Row[]>('GET', `${path}?per_page=100`, { key });
    expect(reply.status).toBe(200);
    return reply.body;
  };
  const [dossiers, contacts, flows] = [
    await list('/dossiers'),
    await list('/contacts'),
    await list('/flows'),
  ];
  const details = await Promise.all(
    dossiers.data.map(async ({ id }) => ({
      contacts: await list(`/dossiers/${id}/contacts`),
      notes: await list(`/dossiers/${id}/notes`),
    })),
  );
  return { dossiers, contacts, flows, details };
};

/** What makes two organisations alike that differ in ids and moments only. */
export const likeness = (picture: unknown): unknown => {
  const names = new Map<string, string>();
  const rename = (uuid: string): string => {
    const name = names.get(uuid) ?? `id-${String(names.size)}`;
    names.set(uuid, name);
    return name;
  };
  const text = JSON.stringify(picture)
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, rename)
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'once');
  return JSON.parse(text) as unknown;
};
