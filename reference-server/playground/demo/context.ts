import type { Contract, OperationId } from '../../../openapi/contract.ts';
import type { operations } from '../../../openapi/generated/types.ts';
import type {
  Handler,
  HandlerContext,
  OperationHandlers,
  RequestOf,
  SuccessOf,
} from '../../http/handler.ts';
import { timestamp } from '../../runtime/services.ts';
import type { Organization } from '../../state/organization.ts';
import { type Agenda, day } from './agenda.ts';
import type { PerformControl } from './organizations.ts';
import { createPeople, type Person } from './people.ts';
import type { SeededRandom } from './random.ts';

/** The tools that create an organisation's demo data. */
export interface DemoOrganization {
  readonly agenda: Agenda;
  readonly newPerson: () => Person;
  /** Puts a contact in the talent pool until so many days from today; negative for days ago. */
  readonly keepInPool: (contactId: string, days: number) => void;
  /** Creates a context with its own random numbers, which depend on the seed and this name only. */
  readonly scene: (name: string) => DemoContext;
}

export interface DemoContext extends Omit<DemoOrganization, 'scene'> {
  readonly chance: SeededRandom;
  /** The id of one of the members, or sometimes null. */
  readonly someMember: () => string | null;
  readonly perform: Perform;
}

/**
 * Performs an operation of the API by its usual handler, so that the demo data is what the API
 * would create from the same input.
 */
export type Perform = <Id extends OperationId>(
  id: Id,
  input: Partial<RequestOf<operations[Id]>>,
) => SuccessOf<operations[Id]>;

/** The dependencies of a demo organisation. */
export interface DemoParts {
  readonly handlers: OperationHandlers;
  readonly organization: Organization;
  readonly contract: Contract;
  readonly agenda: Agenda;
  readonly chance: SeededRandom;
  readonly settle: PerformControl;
}

export const createDemoOrganization = (foundation: DemoParts): DemoOrganization => {
  const { handlers, organization, contract, agenda, chance, settle } = foundation;
  const members = [...organization.members.rows].map(({ id }) => id);
  const common = {
    agenda,
    newPerson: createPeople(chance.branch('people')),
    keepInPool: (contact_id: string, days: number) => {
      const params = { organization_id: organization.id, contact_id };
      settle('setPoolWindow', { params, body: { until: timestamp(agenda.today + days * day) } });
    },
  };
  return {
    ...common,
    scene: (name) => {
      const own = chance.branch(name);
      const newId = own.branch('ids').id;
      return {
        ...common,
        chance: own,
        someMember: () => own.pick([...members, null]),
        perform: createPerform(handlers, { organization, contract, clock: agenda.clock, newId }),
      };
    },
  };
};

const createPerform =
  (handlers: OperationHandlers, surroundings: HandlerContext): Perform =>
  <Id extends OperationId>(id: Id, input: Partial<RequestOf<operations[Id]>>) => {
    const handler: Handler<Id> = handlers[id];
    const request = { files: new Map<string, Buffer>(), ...input, ...surroundings };
    return handler(request as unknown as RequestOf<operations[Id]> & HandlerContext).body;
  };
