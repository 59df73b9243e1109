import { bendShown, rechoose, type Item } from '../../bend/shown.ts';
import { inHandlers, type Fault, type Handlers } from '../../fault.ts';

const list = ['listDossierContacts'] as const;

/** Lists some fields of a contact as they were when it was first listed on any dossier. */
const copyAtLinking =
  (...fields: readonly string[]) =>
  (own: Handlers): Partial<Handlers> => {
    const copies = new Map<unknown, Item>();
    return bendShown(list, (item) => {
      const copy = copies.get(item['contact_id']) ?? { ...item };
      copies.set(item['contact_id'], copy);
      for (const field of fields) item[field] = copy[field];
    })(own);
  };

const unlike = (name: string) => (items: Item[]) => {
  const seen = new Set<unknown>();
  return items.filter((item) => !seen.has(item[name]) && seen.add(item[name]));
};

/** What is wrong with the lists of the contacts of dossiers. */
export const lists: readonly Fault[] = [
  inHandlers(
    'links/nobody-without-company',
    'LG-LNK-004',
    'lists nobody beside the first contact who has no company',
    rechoose('listDossierContacts', (items) =>
      items.filter((item, index) => index === 0 || item['company'] !== null),
    ),
  ),
  inHandlers(
    'links/namesakes-once',
    'LG-LNK-004',
    'lists one of several contacts of a dossier who have the same name',
    rechoose('listDossierContacts', unlike('full_name')),
  ),
  inHandlers(
    'links/first-page-only',
    'LG-LNK-004',
    'lists the first 25 contacts of a dossier, whatever page is asked for',
    (own) => ({
      listDossierContacts: (asked) =>
        own.listDossierContacts({ ...asked, query: { ...asked.query, page: 1, per_page: 25 } }),
    }),
  ),
  inHandlers(
    'links/one-of-each-role',
    'LG-LNK-004',
    'lists one of several contacts of a dossier who have the same role',
    rechoose('listDossierContacts', unlike('role_on_dossier')),
  ),
  inHandlers(
    'links/address-of-primary',
    'LG-LNK-006',
    'lists the address of the primary contact alone',
    bendShown(list, (item) => {
      if (item['is_primary'] !== true) item['email'] = null;
    }),
  ),
  inHandlers(
    'links/copied-company',
    'LG-LNK-007',
    'copies company and address at the first look',
    copyAtLinking('email', 'company'),
  ),
  inHandlers(
    'links/copied-address',
    'LG-LNK-007',
    'copies the address at the first look',
    copyAtLinking('email'),
  ),
  inHandlers(
    'links/primary-without-company',
    'LG-LNK-006',
    'lists the company of those who aren’t primary alone',
    bendShown(list, (item) => {
      if (item['is_primary'] === true) item['company'] = null;
    }),
  ),
  inHandlers(
    'links/primary-copied',
    'LG-LNK-007',
    'copies the primary contact into the dossier',
    (own) => {
      const names = new Map<string, unknown>();
      return bendShown(list, (item, { params: { id = '' } }) => {
        if (item['is_primary'] !== true) return;
        const key = `${id}/${String(item['contact_id'])}`;
        if (!names.has(key)) names.set(key, item['full_name']);
        item['full_name'] = names.get(key);
      })(own);
    },
  ),
  inHandlers(
    'links/nobody-without-address',
    'LG-LNK-004',
    'lists nobody without an address beside the first contact',
    rechoose('listDossierContacts', ([first, ...rest]) => [
      ...(first ? [first] : []),
      ...rest.filter(({ email }) => email !== null),
    ]),
  ),
];
