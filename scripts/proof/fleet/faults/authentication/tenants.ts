import { presentContact } from '../../../../../reference-server/contacts/rules.ts';
import { createSearch } from '../../../../../reference-server/contacts/search.ts';
import type { Organization } from '../../../../../reference-server/state/organization.ts';
import { bendReply } from '../../bend/replies.ts';
import { onVisit } from '../../bend/visits.ts';
import { fault, type Fault, type Ground } from '../../fault.ts';

/** All organisations but the one that asks. */
const othersThan = ({ id }: Organization, { state }: Ground): Organization[] =>
  [...state.organizations.rows].filter((one) => one.id !== id);

/** What lists show of other organisations. */
export const tenants: readonly Fault[] = [
  fault(
    'authentication/empty-list-filled',
    'LG-AUT-011',
    'fills an empty list of dossiers with those of others',
    (ground) => ({
      handlers: bendReply('listDossiers', ({ data, meta }, { organization, query }) => {
        if (organization.dossiers.rows.length > 0) return;
        const foreign = othersThan(organization, ground).flatMap(({ dossiers: { rows } }) => [
          ...rows,
        ]);
        data.push(...foreign.slice(0, query.per_page));
        meta.total = foreign.length;
      })(ground.own),
    }),
  ),
  fault(
    'authentication/total-of-all',
    'LG-AUT-011',
    'counts the dossiers of all where a status is asked for',
    (ground) => ({
      handlers: bendReply('listDossiers', ({ meta }, { organization, query: { status } }) => {
        if (status === undefined) return;
        for (const { dossiers } of othersThan(organization, ground)) {
          meta.total += dossiers.by('status', status).length;
        }
      })(ground.own),
    }),
  ),
  fault(
    'authentication/one-archive',
    'LG-AUT-011',
    'keeps archived dossiers apart, those of all in one place',
    (ground) => ({
      handlers: bendReply('listDossiers', ({ data, meta }, { organization, query }) => {
        if (query.status !== 'archived') return;
        for (const { dossiers } of othersThan(organization, ground)) {
          const archived = [...dossiers.by('status', 'archived')];
          data.push(...archived.slice(0, query.per_page - data.length));
          meta.total += archived.length;
        }
      })(ground.own),
    }),
  ),
  fault(
    'authentication/search-everywhere',
    'LG-AUT-011',
    'finds people of other organisations too where somebody searches',
    (ground) => ({
      handlers: bendReply('listContacts', ({ data, meta }, { organization, query }) => {
        if (!query.search) return;
        for (const other of othersThan(organization, ground)) {
          const found = [...other.contacts.rows].filter(createSearch(query.search));
          data.push(...found.map((contact) => presentContact(other, contact)));
          meta.total += found.length;
        }
      })(ground.own),
    }),
  ),
  fault(
    'authentication/flows-of-a-type',
    'LG-AUT-011',
    'lists the flows of all where flows of a type are asked for',
    (ground) => ({
      handlers: bendReply('listFlows', ({ data, meta }, { organization, query: { type } }) => {
        if (type === undefined) return;
        for (const { flows } of othersThan(organization, ground)) {
          const found = [...flows.rows].filter((flow) => flow.type === type && !flow.is_default);
          data.push(
            ...structuredClone(found.map((flow) => ({ ...flow, stages: [...flow.stages] }))),
          );
          meta.total += found.length;
        }
      })(ground.own),
    }),
  ),
  fault(
    'authentication/lists-kept-by-url',
    'LG-AUT-011',
    'answers a list with what it kept of the same URL, even if another organisation had asked',
    onVisit(() => {
      const kept = new Map<string, { asker: string; answer: Response }>();
      return async ({ request, operation, organization }, fetch) => {
        if (operation !== 'listContacts' || !organization) return fetch(request);
        const { url } = request;
        const known = kept.get(url);
        const isOther = known !== undefined && known.asker !== organization.id;
        const answer = isOther ? known.answer : await fetch(request);
        kept.set(url, { asker: organization.id, answer: answer.clone() });
        return answer.clone();
      };
    }),
  ),
];
