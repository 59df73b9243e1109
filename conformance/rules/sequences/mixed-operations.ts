import type { Contract, OperationId } from '../../../openapi/contract.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { RefusalReason } from '../../assertions/refusals.ts';
import type { Organization } from '../../context/context.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { searchOtherOrganizations } from '../../faults/access.ts';
import { afterSuccess, cacheReads, idsIn } from '../../faults/applied-requests.ts';
import { type Fault, onPage } from '../../faults/inject.ts';
import { parseJson } from '../../http/exchange.ts';
import type { Actor } from '../../model/command.ts';
import { aLink, anUnlinking, aRepeatedLink } from '../../model/link-commands.ts';
import { aListing, aReadingOfFlows } from '../../model/read-commands.ts';
import { aRefusal } from '../../model/refused-commands.ts';
import { everyCommand, runSequences, someOfEach, weighted } from '../../model/sequence.ts';
import type { ModelRequirements } from '../../model/subjects.ts';
import { runTwoOrganizations } from '../../model/two-organizations.ts';

/** A server that applies a refused request later, without its invalid reference. */
const commitLater: Fault = (fetch) => {
  const pending: Request[] = [];
  return async (request) => {
    const copy = request.clone();
    const response = await fetch(request);
    if (request.method !== 'POST') return response;
    if (response.ok) for (const late of pending.splice(0)) await fetch(late);
    const sent = (parseJson(await copy.clone().text()) ?? {}) as Record<string, unknown>;
    const refers = 'contact_id' in sent || 'flow_id' in sent;
    if (response.ok || !refers || !('name' in sent)) return response;
    const rest = { ...sent, contact_id: undefined, flow_id: undefined };
    pending.push(new Request(copy, { body: JSON.stringify(rest) }));
    return response;
  };
};

/** What a refusal is about; empty for requests that other rules are for. */
const refusedFor = (
  operation: OperationId | undefined,
  reasons: readonly RefusalReason[] = [],
): readonly RequirementId[] => {
  if (operation === 'createDossierNote') return ['LG-NOT-009'];
  if (reasons.includes('LG-DOS-055')) return ['LG-DOS-054'];
  if (reasons.includes('LG-DOS-027')) return ['LG-DOS-026'];
  if (reasons.includes('LG-DOS-085')) return ['LG-DOS-084'];
  if (reasons.includes('LG-LNK-013')) return ['LG-LNK-012'];
  return reasons.includes(404) ? ['LG-CON-074'] : [];
};

const refusalsLeaveNothing = defineRule({
  id: 'sequences/refusals-leave-nothing',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-026', 'LG-DOS-054', 'LG-DOS-084', 'LG-LNK-012'] as const),
    ...(['LG-NOT-009', 'LG-CON-074'] as const),
  ],
  sentence: 'A refused request changes nothing, and no later request applies it.',
  needs: ['fresh-organizations'],
  check: (context) =>
    runSequences(context, {
      commands: weighted([4, aRefusal()], [3, everyCommand(context.contract)]),
      aspects: ['fields', 'links', 'primaries', 'notes', 'lists'],
      requirements: {
        refused: ({ operation, reasons }) => refusedFor(operation, reasons),
        // What a refused request may have left, where it would be.
        dossier: ({ field }) => (field === 'current_stage_id' ? ['LG-DOS-084'] : []),
        members: ({ operation }) =>
          operation === 'listDossiers' ? ['LG-DOS-026', 'LG-DOS-054'] : ['LG-CON-074'],
        ...{ links: ['LG-LNK-012'], role: ['LG-LNK-012'], primary: ['LG-LNK-012'] },
        ...{ notes: ['LG-NOT-009'], deletedContact: ['LG-CON-074'] },
      },
      prelude: someOfEach,
      most: 8,
    }),
  fault: commitLater,
});

const isolationThroughChanges = defineRule({
  id: 'sequences/isolation-through-changes',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-ERR-017', 'LG-ERR-019'],
  sentence:
    'Two organisations never see or change anything of each other, in any sequence of requests.',
  needs: ['second-organization'],
  check: (context) =>
    runTwoOrganizations(context, {
      commands: everyCommand(context.contract),
      aspects: ['fields', 'counts', 'links', 'primaries', 'notes'],
      requirements: {
        foreign: ['LG-ERR-017'],
        ...{ links: ['LG-AUT-011'], notes: ['LG-AUT-011'] },
        rest: ['LG-ERR-019'],
      },
      prelude: someOfEach,
      length: 20,
    }),
  // A server that also searches other organisations.
  fault: searchOtherOrganizations('getContact'),
});

/** A server that caches permissions per organisation instead of per key. */
const rememberOpened: Fault = (fetch, name) => {
  const opened = new Map<string, string>();
  return async (request) => {
    const place = `${name(request.method, request.url) ?? ''} ${idsIn(request.url).join()}`;
    const copy = request.clone();
    const response = await fetch(request);
    const key = copy.headers.get('authorization') ?? '';
    if (response.ok) opened.set(place, key);
    if (response.status !== 403 || idsIn(request.url).length === 0) return response;
    const headers = new Headers(copy.headers);
    headers.set('authorization', opened.get(place) ?? key);
    return fetch(new Request(copy, { headers }));
  };
};

/** A key with every scope, one for each resource alone, and one that can write but not read. */
const keysOf = async (org: Organization, { scopes }: Contract): Promise<Actor[]> => {
  const withScopes = async (own: readonly string[]): Promise<Actor> => ({
    client: await org.client({ scopes: own }),
    lacks: new Set(scopes.filter((scope) => !own.includes(scope))),
  });
  const of = (part: string) => scopes.filter((scope) => scope.includes(part));
  return [
    { client: org.all, lacks: new Set() },
    ...(await Promise.all(['dossiers:', 'contacts:', ':write'].map(of).map(withScopes))),
  ];
};

const scopesThroughChanges = defineRule({
  id: 'sequences/scopes-through-changes',
  level: 'MUST',
  verifies: ['LG-AUT-012', 'LG-AUT-018', 'LG-AUT-020'],
  sentence: 'In any sequence of requests, each API key can do what its scopes allow, and no more.',
  needs: ['fresh-organizations', 'scoped-keys'],
  check: (context) =>
    runSequences(context, {
      commands: everyCommand(context.contract),
      aspects: ['fields', 'counts', 'links', 'primaries', 'notes', 'lists'],
      prelude: someOfEach,
      requirements: {
        forbidden: ['LG-AUT-018'],
        accepted: ['LG-AUT-012'],
        // What a key did isn't there for another, or what it was refused is.
        rest: ['LG-AUT-012', 'LG-AUT-020'],
      },
      actors: (org) => keysOf(org, context.contract),
    }),
  fault: rememberOpened,
});

/** A server that makes another contact primary when the primary one is unlinked. */
const appointSuccessors: Fault = (fetch, name) => {
  const withoutPrimary = new Set<unknown>();
  const record = afterSuccess(fetch, name, ({ operation, ids: [dossier] }) => {
    if (operation === 'unlinkDossierContact') withoutPrimary.add(dossier);
  });
  const show = onPage(['listDossierContacts'], ({ data: [successor, ...others] }, url) => {
    const isVacant = ![successor, ...others].some((one) => one?.['is_primary']);
    if (successor && isVacant && withoutPrimary.has(idsIn(url.href)[0]))
      successor['is_primary'] = true;
  });
  return show(record, name);
};

/** The decisions that each part of the model rests on. */
const decisions: ModelRequirements = {
  accepted: ({ operation, request }) => {
    if (operation === 'archiveDossier') return ['LG-DOS-099'];
    if (operation !== 'updateDossier') return ['LG-DOS-101'];
    const moves = Object.keys(request?.body ?? {}).includes('current_stage_id');
    return [moves ? 'LG-DOS-086' : 'LG-DOS-100'];
  },
  linkedAgain: ['LG-LNK-025'],
  retrieved: ['LG-DOS-101'],
  dossier: ['LG-CON-073'],
  contact: ['LG-DOS-087'],
  count: ['LG-CON-054'],
  links: ['LG-LNK-026'],
  role: ({ expected }) =>
    expected === 'primary' ? ['LG-LNK-023', 'LG-DOS-056', 'LG-DOS-063'] : ['LG-LNK-025'],
  primary: ({ expected }) =>
    expected === true
      ? ['LG-DOS-056', 'LG-DOS-063', 'LG-LNK-025']
      : ['LG-LNK-017', 'LG-LNK-031', 'LG-CON-079'],
};

const decisionsHold = defineRule({
  id: 'sequences/decisions-hold',
  level: 'SHOULD',
  verifies: [
    ...(['LG-DOS-056', 'LG-DOS-063', 'LG-DOS-086', 'LG-DOS-087', 'LG-DOS-099'] as const),
    ...(['LG-DOS-100', 'LG-DOS-101', 'LG-CON-054', 'LG-CON-073', 'LG-CON-079'] as const),
    ...(['LG-LNK-017', 'LG-LNK-023', 'LG-LNK-025', 'LG-LNK-026', 'LG-LNK-031'] as const),
  ],
  sentence: 'The decisions hold after any sequence of changes, for archived dossiers too.',
  needs: ['fresh-organizations'],
  check: (context) =>
    runSequences(context, {
      commands: weighted(
        [6, everyCommand(context.contract)],
        [1, aLink(context.contract)],
        [1, aRepeatedLink(context.contract)],
        [2, anUnlinking()],
        [1, aListing(context.contract)],
      ),
      aspects: ['fields', 'counts', 'links', 'primaries', 'notes', 'lists'],
      requirements: decisions,
      prelude: someOfEach,
      decided: true,
      most: 8,
    }),
  fault: appointSuccessors,
});

const everythingAgrees = defineRule({
  id: 'sequences/everything-agrees',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-067', 'LG-DOS-068', 'LG-DOS-078', 'LG-DOS-083', 'LG-DOS-098'] as const),
    ...(['LG-CON-055', 'LG-CON-056', 'LG-CON-074', 'LG-CON-076', 'LG-CON-077'] as const),
    ...(['LG-LNK-004', 'LG-LNK-028', 'LG-NOT-001', 'LG-AUT-012'] as const),
  ],
  sentence: 'After any sequence of requests with any API key, all resources are as documented.',
  needs: ['fresh-organizations'],
  check: (context) =>
    runSequences(context, {
      commands: weighted(
        [8, everyCommand(context.contract)],
        [2, aListing(context.contract)],
        [1, aReadingOfFlows()],
      ),
      aspects: ['fields', 'counts', 'links', 'primaries', 'notes', 'lists'],
      requirements: {
        accepted: ['LG-AUT-012'],
        dossier: ({ field, place = '' }) => {
          if (field === 'current_stage_id') return ['LG-DOS-083', 'LG-DOS-068'];
          if (field === 'status') return ['LG-DOS-078', 'LG-DOS-098'];
          const isUpdate = place.startsWith('the response to the update');
          return isUpdate ? ['LG-DOS-067'] : ['LG-DOS-067', 'LG-DOS-068', 'LG-CON-077'];
        },
        contact: ({ place = '' }) => {
          const isUpdate = place.startsWith('the response to the update');
          return isUpdate ? ['LG-CON-055'] : ['LG-CON-055', 'LG-CON-056', 'LG-LNK-028'];
        },
        deletedContact: ['LG-CON-074'],
        links: ['LG-LNK-004', 'LG-CON-076'],
        ...{ role: ['LG-LNK-004'], linkedName: ['LG-LNK-004'], onePrimary: ['LG-LNK-004'] },
        ...{ primary: ['LG-LNK-004'], notes: ['LG-NOT-001'], note: ['LG-NOT-001'] },
        members: ({ operation }) => [operation === 'listContacts' ? 'LG-CON-074' : 'LG-AUT-012'],
        ...{ count: ['LG-LNK-028'], retrieved: ['LG-AUT-012'], rest: ['LG-AUT-012'] },
      },
      prelude: someOfEach,
    }),
  // A server with a cache that ignores archiving.
  fault: cacheReads('getDossier', ['updateDossier', 'uploadDossierCv']),
});

export default [
  refusalsLeaveNothing,
  isolationThroughChanges,
  scopesThroughChanges,
  decisionsHold,
  everythingAgrees,
] satisfies readonly Rule[];
