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
import { day, type EventSchedule } from './schedule.ts';
import type { PerformControl } from './organizations.ts';
import { createPeople, type Person } from './people.ts';
import type { SeededRandom } from './random.ts';

/** The tools that create an organisation's demo data. */
export interface DemoOrganization {
  readonly schedule: EventSchedule;
  readonly newPerson: () => Person;
  /** Puts a contact in the talent pool until so many days from today; negative for days ago. */
  readonly putInPool: (contactId: string, days: number) => void;
  /** Creates a context with its own random numbers, which depend on the seed and this name only. */
  readonly createContext: (name: string) => DemoContext;
}

export interface DemoContext extends Omit<DemoOrganization, 'createContext'> {
  readonly random: SeededRandom;
  /** The id of one of the members, or sometimes null. */
  readonly pickMember: () => string | null;
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
  readonly schedule: EventSchedule;
  readonly random: SeededRandom;
  readonly performControl: PerformControl;
}

export const createDemoOrganization = (parts: DemoParts): DemoOrganization => {
  const { handlers, organization, contract, schedule, random, performControl } = parts;
  const members = [...organization.members.rows].map(({ id }) => id);
  const common = {
    schedule,
    newPerson: createPeople(random.branch('people')),
    putInPool: (contact_id: string, days: number) => {
      const params = { organization_id: organization.id, contact_id };
      performControl('setPoolWindow', {
        params,
        body: { until: timestamp(schedule.today + days * day) },
      });
    },
  };
  return {
    ...common,
    createContext: (name) => {
      const contextRandom = random.branch(name);
      const newId = contextRandom.branch('ids').id;
      return {
        ...common,
        random: contextRandom,
        pickMember: () => contextRandom.pick([...members, null]),
        perform: createPerform(handlers, { organization, contract, clock: schedule.clock, newId }),
      };
    },
  };
};

const createPerform =
  (handlers: OperationHandlers, context: HandlerContext): Perform =>
  <Id extends OperationId>(id: Id, input: Partial<RequestOf<operations[Id]>>) => {
    const handler: Handler<Id> = handlers[id];
    const request = { files: new Map<string, Buffer>(), ...input, ...context };
    return handler(request as unknown as RequestOf<operations[Id]> & HandlerContext).body;
  };
