import fc from 'fast-check';
import type { OperationId } from '../../openapi/contract.ts';
import { unknownIdLike } from '../assertions/foreign-ids.ts';
import type { RefusalReason } from '../assertions/refusals.ts';
import type { RawRequest } from '../http/client.ts';
import {
  attemptRefused,
  type Command,
  command,
  type ModelSession,
  ordinal,
  pick,
  untouched,
} from './command.ts';
import { aContactNumber, onContact } from './contact-commands.ts';
import { aDossierNumber, onDossier, touchedBy } from './dossier-commands.ts';
import { reasonsAgainst, reasonsAgainstWork } from './oracle-changes.ts';

/** An unknown id of the same form as the organisation's contacts. */
const unknownContactId = ({ oracle, flows }: ModelSession): string =>
  unknownIdLike(oracle.tag ?? flows[0]?.id ?? '');

/** A creation that must be refused; its contact may remain. */
const creation = (
  words: string,
  operation: OperationId,
  body: (session: ModelSession) => object,
  reasons: readonly RefusalReason[],
  unknownItems = 0,
): Command =>
  command(words, async (session) => {
    await attemptRefused(session, operation, { body: body(session) }, reasons);
    session.oracle.unknownItems += unknownItems;
    return untouched;
  });

const creations: readonly Command[] = [
  creation('create a dossier without a name', 'createDossier', () => ({ type: 'sales' }), [400], 1),
  creation(
    'create a dossier of an unknown type',
    'createDossier',
    () => ({ type: 'lead', name: 'Refused' }),
    [400],
    1,
  ),
  creation(
    'create a dossier with an unknown contact',
    'createDossier',
    (session) => ({ type: 'sales', name: 'Refused', contact_id: unknownContactId(session) }),
    ['LG-DOS-055'],
  ),
  creation(
    'create a dossier with an unknown flow',
    'createDossier',
    ({ flows }) => ({
      ...{ type: 'sales', name: 'Refused' },
      flow_id: unknownIdLike(flows[0]?.id ?? ''),
    }),
    ['LG-DOS-027'],
    1,
  ),
  creation('create a contact without a name', 'createContact', () => ({ city: 'Delft' }), [400]),
  creation(
    'create a contact of an unknown kind',
    'createContact',
    () => ({ full_name: 'Refused', kind: ['client', 'friend'] }),
    [400],
  ),
];

type InvalidRequest = (session: ModelSession, stages: readonly string[]) => RawRequest['body'];

/** An invalid update of a dossier or its parts. */
const onOne =
  (
    words: string,
    operation: OperationId,
    offend: InvalidRequest,
    reasons: readonly RefusalReason[],
  ) =>
  (number: number): Command =>
    onDossier(`${words} dossier ${ordinal(number)}`, number, async (session, dossier) => {
      const body = offend(session, dossier.stages);
      const isChange = operation === 'updateDossier';
      const more = isChange
        ? reasonsAgainst(session.oracle, dossier, body as Record<string, unknown>)
        : reasonsAgainstWork(session.oracle, dossier);
      const request = { path: { id: dossier.id }, body };
      await attemptRefused(session, operation, request, [...reasons, ...more]);
      return touchedBy(dossier);
    });

const changes = [
  onOne('set an unknown status of', 'updateDossier', () => ({ status: 'closed' }), [400]),
  onOne(
    'move to an unknown stage',
    'updateDossier',
    (_, stages) => ({ current_stage_id: unknownIdLike(stages[0] ?? '') }),
    ['LG-DOS-085'],
  ),
  onOne(
    'move to a stage of another flow',
    'updateDossier',
    ({ flows }, stages) => {
      const others = flows.flatMap((flow) => flow.stages).filter(({ id }) => !stages.includes(id));
      return { current_stage_id: others[0]?.id ?? unknownIdLike(stages[0] ?? '') };
    },
    ['LG-DOS-085'],
  ),
  onOne(
    'link an unknown contact to',
    'linkDossierContact',
    (session) => ({
      contact_id: unknownContactId(session),
      role_on_dossier: 'champion',
      is_primary: true,
    }),
    ['LG-LNK-013'],
  ),
  onOne(
    'link in an unknown role to',
    'linkDossierContact',
    ({ oracle }) => ({ contact_id: [...oracle.contacts.keys()][0], role_on_dossier: 'boss' }),
    [400],
  ),
  onOne('add an empty note to', 'createDossierNote', () => ({ content: '' }), [400]),
];

/** An invalid update of a contact. */
const changeOfContact = (number: number): Command =>
  onContact(`set an unknown kind of contact ${ordinal(number)}`, number, async (session, id) => {
    const request = { path: { id }, body: { kind: ['client', 'friend'] } };
    await attemptRefused(session, 'updateContact', request, [400]);
    return { contacts: [id] };
  });

/** A request for a deleted contact. */
const onDeleted = (operation: 'updateContact' | 'deleteContact', number: number): Command =>
  command(`${operation} for deleted contact ${ordinal(number)}`, async (session) => {
    const id = pick(session.oracle.deleted, number);
    if (id === undefined) return untouched;
    const body = operation === 'updateContact' ? { body: { full_name: 'Back again' } } : {};
    await attemptRefused(session, operation, { path: { id }, ...body }, [404]);
    return { contacts: [id] };
  });

/** An invalid request of any kind. */
export const aRefusal = (): fc.Arbitrary<Command> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...creations) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...changes), aDossierNumber())
        .map(([change, number]) => change(number)),
    },
    { weight: 1, arbitrary: aContactNumber().map(changeOfContact) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('updateContact' as const, 'deleteContact' as const),
          aContactNumber(),
        )
        .map(([operation, number]) => onDeleted(operation, number)),
    },
  );
