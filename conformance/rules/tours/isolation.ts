import type { OperationId } from '../../../openapi/contract.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import { isUuid, unknownIdLike } from '../../assertions/foreign-ids.ts';
import { expectPermittedRefusal, snapshotOf } from '../../assertions/refusals.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { searchOtherOrganizations } from '../../faults/access.ts';
import type { RawRequest } from '../../http/client.ts';
import { furnish, type Furniture, servedRequests } from '../../model/furnished.ts';

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
  for (const { operation, request } of servedRequests(context, foreign, 'stolen')) {
    if (request.path === undefined) continue;
    const exchange = await ours.all.send(operation, request);
    // The contact or stage in the body may be refused first.
    expectPermittedRefusal(context, exchange, [404, 'LG-LNK-013', 'LG-DOS-085']);
  }
  const unknown = {
    ...own,
    dossier: unknownIdLike(own.dossier),
    contact: unknownIdLike(own.contact),
  };
  for (const { operation, request } of servedRequests(context, unknown, 'nothing')) {
    const ids = Object.values(request.path ?? {});
    // If ids have another form than UUIDs, an unknown one may not be well-formed.
    if (ids.length === 0 || !ids.every(isUuid) || operation === 'listFlowStages') continue;
    const exchange = await ours.all.send(operation, request);
    expectPermittedRefusal(context, exchange, [404, 'LG-LNK-013', 'LG-DOS-085']);
  }
};

/** Bodies that name what the other organisation has, and what decides how they are refused. */
const borrowing = (
  own: Furniture,
  foreign: Furniture,
): readonly (readonly [OperationId, RawRequest, RequirementId])[] => {
  const draft = { type: 'sales', name: 'Borrowed' };
  const link = { contact_id: foreign.contact, role_on_dossier: 'champion' };
  return [
    ['createDossier', { body: { ...draft, contact_id: foreign.contact } }, 'LG-DOS-055'],
    ['createDossier', { body: { ...draft, flow_id: foreign.flow } }, 'LG-DOS-027'],
    ['linkDossierContact', { path: { id: own.dossier }, body: link }, 'LG-LNK-013'],
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
    const ours = await context.organization();
    const theirs = await context.organization({ second: true });
    const foreign = await furnish(theirs, 'theirs');
    for (const [operation, query] of lists) {
      const [page] = await ours.walk(operation, query);
      expectEqual([page?.items, page?.total], [[], 0], `an empty list by ${operation}`);
    }
    const own = await furnish(ours, 'ours');
    const before = await snapshotOf(theirs);
    for (const [operation, query] of lists) {
      const pages = await ours.walk(operation, query);
      const text = JSON.stringify(pages.map(({ items }) => items));
      expectThat(!text.includes('theirs'), `nothing of others by ${operation}`, () => text);
      const found = pages.flatMap(({ items }) => items).length;
      expectEqual(pages[0]?.total, found, `the total by ${operation}`);
    }
    await expectNotFound(ours, own, foreign);
    for (const [operation, request, decision] of borrowing(own, foreign)) {
      expectPermittedRefusal(context, await ours.all.send(operation, request), [decision]);
    }
    expectEqual(await snapshotOf(theirs), before, 'the same state of the other organisation,');
    const borrowed = (await snapshotOf(ours)).filter((line) => /Borrowed|theirs/.test(line));
    expectEqual(borrowed, [], 'what refused requests have made of the other organisation:');
  },
  fault: searchOtherOrganizations('getContact'),
});

export default [isolation] satisfies readonly Rule[];
