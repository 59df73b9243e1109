import { onOverlap } from '../../../../../conformance/liars/overlaps.ts';
import { onSent } from '../../../../../conformance/liars/requests.ts';
import { giveTwice } from '../../bend/twins.ts';
import { fault, onWire, type Fault } from '../../fault.ts';

/** For how long others count as having come at the same moment, in milliseconds. */
const aMoment = 50;

const addressIn = async (request: Request): Promise<string> =>
  /"email":"([^"]*)"/.exec(await request.clone().text())?.[1]?.toLowerCase() ?? '';

/** What is wrong with addresses that several want, at one moment or one after the other. */
export const races: readonly Fault[] = [
  onWire(
    'contacts/changes-race',
    'LG-CON-034',
    'looks before it changes an address, and lets others in between',
    onOverlap(['updateContact'], ({ request, sent }, response) => {
      const { headers } = response;
      const id = request.url.split('/').at(-1);
      const body = JSON.stringify({ data: { id, ...sent } });
      return response.status === 409 ? new Response(body, { status: 200, headers }) : undefined;
    }),
  ),
  fault(
    'contacts/dossiers-race',
    'LG-CON-034',
    'gives a new contact the address of a dossier that came at that moment',
    ({ own }) => {
      const latest = new Set<string>();
      const twice = giveTwice(own, ({ email, asked }) => {
        return asked.params['id'] === undefined && latest.has(email.toLowerCase());
      });
      return {
        ...twice,
        wire: (fetch, name) => async (request) => {
          const isDossier = name(request.method, request.url) === 'createDossier';
          const address = isDossier && request.body !== null ? await addressIn(request) : '';
          if (address) latest.add(address);
          const response = await (twice.wire?.(fetch, name) ?? fetch)(request);
          setTimeout(() => latest.delete(address), aMoment);
          return response;
        },
      };
    },
  ),
  onWire(
    'contacts/refused-and-created',
    'LG-CON-032',
    'creates who is refused for an address, without it',
    (fetch, name) => async (request) => {
      const again = request.clone();
      const response = await fetch(request);
      const isCreation = name(again.method, again.url) === 'createContact';
      if (response.status !== 409 || !isCreation) return response;
      await onSent(['createContact'], ({ email: _, ...sent }) => sent)(fetch, name)(again);
      return response;
    },
  ),
];
