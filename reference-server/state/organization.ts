import type { Journal } from './journal.ts';
import { Table, type Index } from './table.ts';
import type { Contact, Cv, Dossier, Flow, Link, Member, RateLimit } from './records.ts';

/** The running rate window. It counts refused requests too, so no transaction undoes it. */
export interface RateWindow {
  /** In milliseconds since 1970; undefined before the first request. */
  openedAt: number | undefined;
  spent: number;
}

/**
 * An organisation with all that is in it. A handler holds one and so can't reach what belongs to
 * another (LG-AUT-011, LG-ERR-017 to LG-ERR-019).
 */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  /** In place of the plan's; null for the plan's. */
  readonly rateLimit: RateLimit | null;
  readonly window: RateWindow;
  readonly members: Table<Member>;
  readonly flows: Table<Flow, 'default'>;
  readonly contacts: Table<Contact, 'email'>;
  readonly links: Table<Link, 'dossier' | 'contact'>;
  readonly dossiers: Table<Dossier, 'type' | 'status' | 'stage'>;
  readonly cvs: Table<Cv>;
}

/** The form in which e-mail addresses are compared, without regard to case. */
export const emailKey = (email: string): string => email.toLowerCase();

export const newWindow = (): RateWindow => ({ openedAt: undefined, spent: 0 });

/** A new organisation with empty tables; it costs microseconds. */
export const createOrganization = (
  journal: Journal,
  { id, name, plan, rateLimit }: Pick<Organization, 'id' | 'name' | 'plan' | 'rateLimit'>,
): Organization => {
  const options = <Indexes extends object>(table: string, indexes: Indexes) => ({
    journal,
    name: table,
    organizationId: id,
    indexes,
  });
  return {
    id,
    name,
    plan,
    rateLimit,
    window: newWindow(),
    members: new Table<Member>(options('members', {})),
    flows: new Table(options('flows', flowIndexes)),
    contacts: new Table(options('contacts', contactIndexes)),
    links: new Table(options('links', linkIndexes)),
    dossiers: new Table(options('dossiers', dossierIndexes)),
    cvs: new Table<Cv>(options('cvs', {})),
  };
};

const flowIndexes: Record<'default', Index<Flow>> = {
  default: { key: (flow) => (flow.is_default ? flow.type : undefined), unique: true },
};

const contactIndexes: Record<'email', Index<Contact>> = {
  email: {
    key: ({ email }) => (email === null ? undefined : emailKey(email)),
    unique: true,
  },
};

const linkIndexes: Record<'dossier' | 'contact', Index<Link>> = {
  dossier: { key: (link) => link.dossier_id },
  contact: { key: (link) => link.contact_id },
};

const dossierIndexes: Record<'type' | 'status' | 'stage', Index<Dossier>> = {
  type: { key: (dossier) => dossier.type },
  status: { key: (dossier) => dossier.status },
  stage: { key: (dossier) => dossier.current_stage_id },
};
