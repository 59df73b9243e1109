import { Refusal } from '../../../../../reference-server/http/refusal.ts';
import { before, type AskedAnything } from '../../bend/shown.ts';
import { at, inHandlers, type Fault } from '../../fault.ts';

const duplicate = () => new Refusal('duplicate_contact', 'A contact has this address.');

const emailIn = ({ body }: AskedAnything): string | undefined =>
  typeof body['email'] === 'string' ? body['email'] : undefined;

const lower = (text: string): string => text.toLowerCase();

/** What is wrong with addresses that are, or were, somebody’s own. */
export const ownAddresses: readonly Fault[] = [
  inHandlers(
    'contacts/own-address-in-other-case',
    'LG-CON-061',
    'takes an address in another letter case for somebody else’s, though it is its own',
    before('updateContact', (asked) => {
      const email = emailIn(asked);
      const own = asked.organization.contacts.get(asked.params['id'] ?? '')?.email;
      if (email && own && email !== own && lower(email) === lower(own)) throw duplicate();
    }),
  ),
  inHandlers(
    'contacts/kept-for-changes',
    'LG-CON-062',
    'keeps an address that was given up from others',
    (own) => {
      const givenUp = new Map<string, string>();
      return before('updateContact', (asked) => {
        const {
          organization,
          params: { id = '' },
        } = asked;
        const [email, former] = [emailIn(asked), organization.contacts.get(id)?.email];
        if (email !== undefined && (givenUp.get(lower(email)) ?? id) !== id) throw duplicate();
        if (email !== undefined && former) givenUp.set(lower(former), id);
      })(own);
    },
  ),
  inHandlers(
    'contacts/buried-with-address',
    'LG-CON-078',
    'keeps the address of a deleted contact from others',
    (own) => {
      const buried = new Set<string>();
      const bury = before('deleteContact', ({ organization, params: { id = '' } }) => {
        const email = organization.contacts.get(id)?.email;
        if (email) buried.add(lower(email));
      });
      const refuse = before('createContact', (asked) => {
        if (buried.has(lower(emailIn(asked) ?? ''))) throw duplicate();
      });
      return { ...bury(own), ...refuse(own) };
    },
  ),
  at(
    ['updateContact'],
    inHandlers(
      'contacts/buried-for-changes',
      'LG-CON-078',
      'keeps the address of a deleted contact from changes',
      (own) => {
        const buried = new Set<string>();
        const bury = before('deleteContact', ({ organization, params: { id = '' } }) => {
          const email = organization.contacts.get(id)?.email;
          if (email) buried.add(lower(email));
        });
        const refuse = before('updateContact', (asked) => {
          if (buried.has(lower(emailIn(asked) ?? ''))) throw duplicate();
        });
        return { ...bury(own), ...refuse(own) };
      },
    ),
  ),
];
