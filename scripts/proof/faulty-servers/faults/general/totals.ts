import { pageSizes } from '../../../../../conformance/contract/operations.ts';
import { readContract } from '../../../../../openapi/contract.ts';
import {
  type FaultyServer,
  faultyServer,
  inHandlers,
  onWire,
  faultOfRule,
} from '../../faulty-server.ts';
import { changeReply } from '../../inject/handlers.ts';

const { maximum } = pageSizes(readContract(), 'listDossiers');

export const totalFaults: readonly FaultyServer[] = [
  onWire(
    'answers/total-of-page',
    'LG-GEN-014',
    'gives the number of items on the page as the total',
    faultOfRule('pagination/total'),
  ),
  inHandlers(
    'answers/total-of-the-rest',
    'LG-GEN-014',
    'counts from each page of contacts on',
    changeReply('listContacts', ({ meta }, { query: { page, per_page } }) => {
      meta.total = Math.max(0, meta.total - (page - 1) * per_page);
    }),
  ),
  inHandlers(
    'answers/total-up-to-hundred',
    'LG-GEN-014',
    'counts no further than a hundred dossiers',
    changeReply('listDossiers', ({ meta }) => {
      meta.total = Math.min(maximum, meta.total);
    }),
  ),
  faultyServer(
    'answers/total-only-grows',
    'LG-GEN-014',
    'never counts a contact less',
    ({ own }) => {
      const most = new Map<string, number>();
      return {
        handlers: changeReply('listContacts', ({ meta }, { organization, query }) => {
          const filters = { ...query, page: 1, per_page: 1 };
          const list = `${organization.id}${JSON.stringify(filters)}`;
          meta.total = Math.max(meta.total, most.get(list) ?? 0);
          most.set(list, meta.total);
        })(own),
      };
    },
  ),
  inHandlers(
    'answers/total-of-all-notes',
    'LG-GEN-014',
    'counts the notes of all dossiers',
    changeReply('listDossierNotes', ({ meta }, { organization }) => {
      meta.total = organization.notes.rows.length;
    }),
  ),
  inHandlers(
    'answers/total-of-linked-before',
    'LG-GEN-014',
    'counts no contact of a dossier that is not its primary one',
    changeReply('listDossierContacts', ({ data, meta }) => {
      if (data.length > 1) meta.total = data.filter((one) => one.is_primary).length;
    }),
  ),
  inHandlers(
    'answers/total-before-filter',
    'LG-GEN-015',
    'counts the dossiers before it filters them',
    changeReply('listDossiers', ({ meta }, { organization }) => {
      meta.total = organization.dossiers.rows.length;
    }),
  ),
  inHandlers(
    'answers/total-before-stage-filter',
    'LG-GEN-015',
    'counts the dossiers in all stages where type and stage are given',
    (own) => ({
      listDossiers: (call) => {
        const { body } = own.listDossiers(call);
        const { stage_id, ...query } = call.query;
        if (stage_id === undefined || query.type === undefined) return { body };
        const { total } = own.listDossiers({ ...call, query }).body.meta;
        return { body: { ...body, meta: { ...body.meta, total } } };
      },
    }),
  ),
  inHandlers(
    'answers/total-before-search',
    'LG-GEN-015',
    'counts the contacts of a kind before it searches them',
    (own) => ({
      listContacts: (call) => {
        const { body } = own.listContacts(call);
        const query = { ...call.query, search: '' };
        const { total } = own.listContacts({ ...call, query }).body.meta;
        return { body: { ...body, meta: { ...body.meta, total } } };
      },
    }),
  ),
  inHandlers(
    'answers/total-of-all-where-none-passes',
    'LG-GEN-015',
    'counts all contacts where none passes',
    changeReply('listContacts', ({ meta }, { organization }) => {
      if (meta.total === 0) meta.total = organization.contacts.rows.length;
    }),
  ),
  inHandlers(
    'answers/total-of-notes-on-page',
    'LG-GEN-014',
    'gives the number of notes on the page as their total',
    changeReply('listDossierNotes', ({ data, meta }) => {
      meta.total = data.length;
    }),
  ),
  inHandlers(
    'answers/total-of-links-on-page',
    'LG-GEN-014',
    'gives the number of contacts on the page of a dossier as their total',
    changeReply('listDossierContacts', ({ data, meta }) => {
      meta.total = data.length;
    }),
  ),
];
