import type { Client } from './client.ts';
import { linkText, type DossierPicture, type Fields, type Picture } from './picture.ts';
import type { ServerProcess } from '../server-process.ts';

/** The digests of an organisation's CVs, by the ids of their dossiers; the API doesn't show them. */
export type CvDigests = ReadonlyMap<string, string>;

/** Reads all that an organisation holds, through the API. */
export const readPicture = async (
  server: ServerProcess,
  client: Client,
  cvs: CvDigests,
): Promise<Picture> => {
  const dossiers = new Map<string, DossierPicture>();
  // Lists have the newest first.
  for (const fields of (await client.list(server, '/dossiers')).reverse()) {
    const path = `/dossiers/${String(fields['id'])}`;
    const contacts = await client.list(server, `${path}/contacts`);
    const notes = await client.list(server, `${path}/notes`);
    dossiers.set(String(fields['name']), {
      fields,
      contacts: contacts.map(textOfLink),
      notes: notes.map(({ content }) => String(content)),
      cv: cvOf(fields, cvs),
    });
  }
  const contacts = (await client.list(server, '/contacts')).reverse();
  return { dossiers, contacts: new Map(contacts.map((one) => [String(one['full_name']), one])) };
};

/** The file and what the dossier says of it must have been kept together. */
const cvOf = ({ id, cv_url }: Fields, cvs: CvDigests): string | undefined => {
  const cv = cvs.get(String(id));
  if ((cv_url === null) === (cv === undefined)) return cv;
  return `cv_url is ${String(cv_url)}, and the file is ${cv ?? 'not there'}`;
};

const textOfLink = ({ full_name, role_on_dossier, is_primary }: Fields): string =>
  linkText(String(full_name), String(role_on_dossier), is_primary === true);
