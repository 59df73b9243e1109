import type { Organization } from '../organizations.ts';
import type { Reader } from './reader.ts';
import { createPool, type Pool } from './pool.ts';

/** An organisation that nobody writes to while another is attacked. */
export interface Witness {
  readonly organization: Organization;
  /** Its ids, for others to try. */
  readonly pool: Pool;
  /** A text that is in all that it holds. */
  readonly canary: string;
  /** Where it isn't what it was, to the last byte; empty if it is. */
  readonly changes: (reader: Reader) => Promise<readonly string[]>;
}

type Write = (path: string, body: object) => Promise<string>;

/** Fills an organisation, and takes its picture. */
export const createWitness = async (
  organization: Organization,
  write: Write,
  reader: Reader,
  canary: string,
): Promise<Witness> => {
  const pool = createPool({ members: organization.members });
  for (let number = 1; number <= 5; number++) {
    const email = `${canary}.${number}@example.nl`;
    const person = { full_name: `${canary} ${number}`, email, kind: ['client'], notes: canary };
    pool.add('contacts', await write('/contacts', person));
    const type = number % 2 === 0 ? 'sales' : 'candidate';
    const contact_id = pool.of('contacts').at(-1);
    const dossier = { type, name: `${canary} ${number}`, intake_notes: canary, contact_id };
    const id = await write('/dossiers', dossier);
    pool.add('dossiers', id);
    await write(`/dossiers/${id}/notes`, { content: `${canary} note` });
  }
  for (const flow of await reader.list('/flows')) {
    pool.add('flows', String(flow['id']));
    for (const { id } of flow['stages'] as { id: string }[]) pool.add('stages', id);
  }
  const before = await photograph(reader, pool);
  return {
    ...{ organization, pool, canary },
    changes: async (later) => {
      const after = await photograph(later, pool);
      return [...before].filter(([path, body]) => after.get(path) !== body).map(([path]) => path);
    },
  };
};

/** All that the API shows of it, byte for byte. */
const photograph = async (reader: Reader, pool: Pool): Promise<ReadonlyMap<string, string>> => {
  const paths = [
    ...['/dossiers?per_page=100', '/contacts?per_page=100', '/flows'],
    ...pool.of('contacts').map((id) => `/contacts/${id}`),
    ...pool.of('flows').map((id) => `/flows/${id}/stages`),
    ...pool
      .of('dossiers')
      .flatMap((id) => ['', '/contacts', '/notes'].map((rest) => `/dossiers/${id}${rest}`)),
  ];
  const picture = new Map<string, string>();
  for (const path of paths) {
    const { status, body } = await reader.get(path);
    picture.set(path, `${status} ${body}`);
  }
  return picture;
};
