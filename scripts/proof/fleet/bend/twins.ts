import { findByEmail } from '../../../../reference-server/contacts/rules.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import type { Contact } from '../../../../reference-server/state/records.ts';
import { onAnswer } from '../../../../conformance/liars/answers.ts';
import type { Bent, Handlers } from '../fault.ts';
import { bendSent, type AskedAnything } from './shown.ts';

/** Somebody wants an address that another contact has. */
export interface Clash {
  readonly email: string;
  readonly holder: Contact;
  readonly asked: AskedAnything;
}

/** What hangs on an address whose twin the server has already; nobody sees it. */
const mark = /\.twin\d+(?=")/g;

const holderOf = (organization: Organization, email: unknown, own?: string) => {
  const holder = typeof email === 'string' ? findByEmail(organization, email) : undefined;
  return holder?.id === own ? undefined : holder;
};

/** A server that gives some addresses twice: its tables wouldn't, and so they are marked there. */
export const giveTwice = (own: Handlers, isFree: (clash: Clash) => boolean): Bent => {
  let twins = 0;
  const bend = bendSent(['createContact', 'updateContact'], (sent, asked) => {
    const { email } = sent;
    const holder = holderOf(asked.organization, email, asked.params['id']);
    if (!holder || typeof email !== 'string' || !isFree({ email, holder, asked })) {
      return { ...sent };
    }
    twins += 1;
    return { ...sent, email: `${email}.twin${String(twins)}` };
  });
  return {
    handlers: bend(own),
    wire: onAnswer('all', (answer) => {
      answer.body = JSON.parse(JSON.stringify(answer.body).replaceAll(mark, '')) as unknown;
    }),
  };
};
