import type { OperationId } from '../../../openapi/contract.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import { isUuid, unknownIdLike } from '../../assertions/foreign-ids.ts';
import {
  expectPermittedRefusal,
  expectStatusOfCode,
  snapshotOf,
} from '../../assertions/refusals.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { searchOtherOrganizations } from '../../faults/access.ts';
import type { RawRequest } from '../../http/client.ts';
import { errorCodeOf } from '../../http/exchange.ts';
import {
  furnish,
  type Furniture,
  type NamedRequest,
  servedRequests,
} from '../../model/furnished.ts';

/** Lists in which a new organisation has nothing. */
const lists: readonly (readonly [OperationId, Readonly<Record<string, string>>])[] = [
  ['listDossiers', {}],
  ['listDossiers', { type: 'sales' }],
  ['listDossiers', { status: 'active' }],
  ['listContacts', {}],
  ['listContacts', { kind: 'client' }],
  ['listContacts', { search: 'theirs' }],
];

/** Requests for what the other organisation has, and for what nobody has, are refused. */
const expectNotFound = async (
  ours: Organization,
  own: Furniture,
  foreign: Furniture,
): Promise<void> => {
  const { context } = ours;
  const refuse = async (
    requirement: RequirementId,
    { operation, request }: NamedRequest,
  ): Promise<void> => {
    const exchange = await ours.all.send(operation, request);
    context.about('LG-ERR-004');
    const sound = exchange.response.status >= 400 || errorCodeOf(exchange.json) === undefined;
    expectThat(sound, 'no error in a response below 400', () => exchange.json);
    context.about('LG-ERR-008');
    expectStatusOfCode(context, exchange, 404);
    context.about(requirement);
    // The contact or stage in the body may be refused first.
    expectPermittedRefusal(context, exchange, [404, 'LG-LNK-013', 'LG-DOS-085']);
  };
  for (const one of servedRequests(context, foreign, 'stolen')) {
    if (one.request.path !== undefined) await refuse('LG-ERR-017', one);
  }
  const unknown = {
    ...own,
    dossier: unknownIdLike(own.dossier),
    contact: unknownIdLike(own.contact),
  };
  for (const one of servedRequests(context, unknown, 'nothing')) {
    const ids = Object.values(one.request.path ?? {});
    // If ids have another form than UUIDs, an unknown one may not be well-formed.
    if (ids.length === 0 || !ids.every(isUuid) || one.operation === 'listFlowStages') continue;
    await refuse('LG-ERR-016', one);
  }
};

/**
 * Bodies that name what the other organisation has, what decides how they are refused, and that
 * they are.
 */
const borrowing = (
  own: Furniture,
  foreign: Furniture,
): readonly (readonly [OperationId, RawRequest, RequirementId, RequirementId])[] => {
  const draft = { type: 'sales', name: 'Borrowed' };
  const link = { contact_id: foreign.contact, role_on_dossier: 'champion' };
  const [forContact, inFlow] = [{ contact_id: foreign.contact }, { flow_id: foreign.flow }];
  const path = { id: own.dossier };
  return [
    ['createDossier', { body: { ...draft, ...forContact } }, 'LG-DOS-055', 'LG-DOS-054'],
    ['createDossier', { body: { ...draft, ...inFlow } }, 'LG-DOS-027', 'LG-DOS-026'],
    ['linkDossierContact', { path, body: link }, 'LG-LNK-013', 'LG-LNK-012'],
  ];
};

const isolation = defineRule({
  id: 'tours/isolation',
  level: 'MUST',
  verifies: [
    ...(['LG-AUT-011', 'LG-ERR-004', 'LG-ERR-008', 'LG-ERR-016', 'LG-ERR-017'] as const),
    ...(['LG-ERR-019', 'LG-CON-004', 'LG-DOS-006', 'LG-LNK-012', 'LG-DOS-054'] as const),
    'LG-DOS-026',
  ],
  sentence:
    'What belongs to another organisation is neither listed nor found, and what is sent for it has no effect.',
  needs: ['fresh-organizations', 'second-organization'],
  check: async (context) => {
    const { about } = context;
    const ours = await context.organization();
    const theirs = await context.organization({ second: true });
    const foreign = await furnish(theirs, 'theirs');
    about('LG-AUT-011');
    for (const [operation, query] of lists) {
      const [page] = await ours.walk(operation, query);
      expectEqual([page?.items, page?.total], [[], 0], `an empty list by ${operation}`);
    }
    const own = await furnish(ours, 'ours');
    const before = await snapshotOf(theirs);
    for (const [operation, query] of lists) {
      const pages = await ours.walk(operation, query);
      const text = JSON.stringify(pages.map(({ items }) => items));
      about('LG-AUT-011', operation === 'listContacts' ? 'LG-CON-004' : 'LG-DOS-006');
      expectThat(!text.includes('theirs'), `nothing of others by ${operation}`, () => text);
      const found = pages.flatMap(({ items }) => items).length;
      expectEqual(pages[0]?.total, found, `the total by ${operation}`);
    }
    await expectNotFound(ours, own, foreign);
    for (const [operation, request, decision, requirement] of borrowing(own, foreign)) {
      about(requirement);
      expectPermittedRefusal(context, await ours.all.send(operation, request), [decision]);
    }
    about('LG-ERR-019');
    expectEqual(await snapshotOf(theirs), before, 'the same state of the other organisation,');
    about('LG-DOS-026', 'LG-DOS-054', 'LG-LNK-012');
    const borrowed = (await snapshotOf(ours)).filter((line) => /Borrowed|theirs/.test(line));
    expectEqual(borrowed, [], 'what refused requests have made of the other organisation:');
  },
  fault: searchOtherOrganizations('getContact'),
});

export default [isolation] satisfies readonly Rule[];
