import { keepWithoutFileAfter } from '../../../../../conformance/liars/forms.ts';
import type { Liar } from '../../../../../conformance/rule.ts';
import type { Organization } from '../../../../../reference-server/state/organization.ts';
import { rewrite } from '../../bend/dossiers.ts';
import { fault, onWire, type Fault, type Ground } from '../../fault.ts';

/** Keeps what it should undo with its file, and does something with it then. */
const keepAnd =
  ({ state }: Ground, status: number, act: (home: Organization, id: string) => void): Liar =>
  (fetch, name) => {
    let failed = false;
    const send: typeof fetch = async (request) => {
      const creation = name(request.method, request.url) === 'createDossier';
      const response = await fetch(request);
      if (failed && creation && response.ok) {
        const { data } = (await response.clone().json()) as { data: { id: string } };
        const home = [...state.organizations.rows].find(({ dossiers }) => dossiers.get(data.id));
        if (home)
          state.transact(() => {
            act(home, data.id);
          });
      }
      failed = creation && response.status === status;
      return response;
    };
    return keepWithoutFileAfter(status)(send, name);
  };

/** Takes away a dossier, and who is on it. */
const erase = ({ dossiers, links }: Organization, id: string): void => {
  for (const link of [...links.by('dossier', id)]) links.remove(link.id);
  dossiers.remove(id);
};

/** Creations whose file is not stored. */
export const undoing: readonly Fault[] = [
  onWire(
    'cv/strange-file-left-out',
    'LG-CV-006',
    'refuses a file, and keeps the dossier without it',
    keepWithoutFileAfter(400),
  ),
  onWire(
    'cv/undoes-nothing',
    'LG-CV-006',
    'keeps the dossier whose file could not be stored',
    keepWithoutFileAfter(500),
  ),
  fault(
    'cv/archives-to-undo',
    'LG-CV-006',
    'archives the dossier whose file could not be stored, in place of undoing it',
    (ground) => ({
      wire: keepAnd(ground, 500, (home, id) => {
        rewrite(home, id, { status: 'archived' });
      }),
    }),
  ),
  fault(
    'cv/archives-refused',
    'LG-CV-006',
    'leaves the dossier of a refused file in the archive',
    (ground) => ({
      wire: keepAnd(ground, 400, (home, id) => {
        rewrite(home, id, { status: 'archived' });
      }),
    }),
  ),
  fault(
    'cv/leaves-a-draft',
    'LG-CV-006',
    'keeps the dossier whose file was refused under another name',
    (ground) => ({
      wire: keepAnd(ground, 400, (home, id) => {
        rewrite(home, id, { name: 'Upload failed' });
      }),
    }),
  ),
  fault(
    'cv/announces-too-early',
    'LG-CV-007',
    'announces a dossier before it stores the file, and then undoes it',
    (ground) => ({ wire: keepAnd(ground, 500, erase) }),
  ),
  fault(
    'cv/announces-refused',
    'LG-CV-007',
    'announces a dossier before it looks at the file, and then refuses it',
    (ground) => ({ wire: keepAnd(ground, 400, erase) }),
  ),
];
