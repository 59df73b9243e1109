import type { RequirementId } from '../../../openapi/register.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { afterSuccess, alsoUpdate, idsIn } from '../../faults/applied-requests.ts';
import { type Fault, onPage } from '../../faults/inject.ts';
import { plainFlows } from '../../generators/dossiers.ts';
import { Form } from '../../http/form.ts';
import { aDeletion } from '../../model/contact-commands.ts';
import {
  aChange,
  aMove,
  anArchiving,
  aNewDossier,
  aNote,
  aStatusChange,
} from '../../model/dossier-commands.ts';
import { aFailure, anUpload, aRefusedUpload } from '../../model/file-commands.ts';
import { aLink, anUnlinking } from '../../model/link-commands.ts';
import { aListing, aListOfStage, aReading } from '../../model/read-commands.ts';
import { aRefusal } from '../../model/refused-commands.ts';
import { everyCommand, runSequences, someOfEach, weighted } from '../../model/sequence.ts';

/** A server whose lists by stage lose archived dossiers for good. */
const dropFromStages: Fault = (fetch, name) => {
  const archived = new Set<unknown>();
  const alter = onPage(['listDossiers'], (page, url) => {
    if (!url.searchParams.has('stage_id')) return;
    const left = page.data.filter(({ id, status }) => status === 'archived' || !archived.has(id));
    page.meta['total'] = Number(page.meta['total']) - (page.data.length - left.length);
    page.data.splice(0, page.data.length, ...left);
  });
  const record = afterSuccess(fetch, name, ({ operation, ids: [id], sent }) => {
    if (operation === 'archiveDossier' || sent['status'] === 'archived') archived.add(id);
    if ('current_stage_id' in sent) archived.delete(id);
  });
  return alter(record, name);
};

const stageThroughChanges = defineRule({
  id: 'sequences/stage-through-changes',
  level: 'MUST',
  verifies: ['LG-DOS-002', 'LG-DOS-003', 'LG-DOS-009', 'LG-DOS-083', 'LG-DOS-084'],
  sentence:
    'After any sequence of changes, a dossier is in one stage of its flow and is listed there only.',
  needs: ['fresh-organizations', 'flows'],
  check: (context) =>
    runSequences(context, {
      prepare: async (org) => {
        for (const flow of plainFlows(2)) await org.createFlow(flow);
      },
      commands: weighted(
        [3, aMove()],
        [3, aStatusChange(context.contract)],
        [2, anArchiving()],
        [1, aNewDossier()],
        [1, aChange()],
        [1, aRefusal()],
        [3, aListOfStage()],
        [1, aListing(context.contract)],
      ),
      aspects: ['fields', 'stages', 'lists'],
      requirements: {
        accepted: ['LG-DOS-083'],
        refused: ['LG-DOS-084'],
        dossier: ({ place = '' }) => [
          place.startsWith('the response to the update') ? 'LG-DOS-083' : 'LG-DOS-002',
        ],
        ...{ dossierShown: ['LG-DOS-002'], ownFlow: ['LG-DOS-003'] },
        rest: ['LG-DOS-009'],
      },
      prelude: someOfEach,
    }),
  fault: dropFromStages,
});

/** A server that archives a copy of the name only once, and restores from it. */
const restoreFirstCopy: Fault = (fetch, name) => {
  const names = new Map<unknown, unknown>();
  const copies = new Map<unknown, unknown>();
  return afterSuccess(fetch, name, async (applied) => {
    const { operation, ids, sent, returned } = applied;
    const id = ids[0] ?? returned['id'];
    if (typeof sent['name'] === 'string') names.set(id, sent['name']);
    const status = operation === 'archiveDossier' ? 'archived' : sent['status'];
    if (status === 'archived' && !copies.has(id)) copies.set(id, names.get(id));
    else if (status === 'active' && copies.get(id) !== undefined) {
      await alsoUpdate(applied, `/dossiers/${String(id)}`, { name: copies.get(id) });
    }
  });
};

const archiveAndRestore = defineRule({
  id: 'sequences/archive-and-restore',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-008', 'LG-DOS-093', 'LG-DOS-095', 'LG-DOS-096', 'LG-DOS-097'] as const),
    'LG-DOS-098',
  ],
  sentence: 'A dossier is unchanged after it is archived and restored any number of times.',
  needs: ['fresh-organizations'],
  check: (context) =>
    runSequences(context, {
      commands: weighted(
        [4, anArchiving()],
        [5, aStatusChange(context.contract)],
        [5, aChange()],
        [1, aLink(context.contract)],
        [1, anUnlinking()],
        [1, aNote()],
        [1, anUpload()],
        [1, aReading()],
      ),
      aspects: ['fields', 'links', 'primaries', 'notes', 'lists'],
      requirements: {
        accepted: ({ operation }) => [operation === 'archiveDossier' ? 'LG-DOS-093' : 'LG-DOS-098'],
        retrieved: ['LG-DOS-095'],
        dossier: ({ field, expected }) => {
          if (field !== 'status') return ['LG-DOS-097'];
          return [expected === 'archived' ? 'LG-DOS-093' : 'LG-DOS-098'];
        },
        members: ['LG-DOS-008', 'LG-DOS-096'],
        total: ['LG-DOS-008', 'LG-DOS-096'],
        rest: ['LG-DOS-097'],
      },
      // One dossier, so that all commands affect it.
      prelude: someOfEach.slice(0, 3),
      most: 8,
    }),
  fault: restoreFirstCopy,
});

/** A server whose counter of active dossiers ignores archiving. */
const countUp: Fault = (fetch, name) => {
  const counts = new Map<string, number>();
  const place = ({ headers }: Request, type: unknown) =>
    `${headers.get('authorization') ?? ''} ${String(type)}`;
  const record = afterSuccess(fetch, name, ({ operation, returned, request }) => {
    if (operation !== 'createDossier') return;
    for (const type of [returned['type'], null]) {
      const own = place(request, type);
      counts.set(own, (counts.get(own) ?? 0) + 1);
    }
  });
  return (request) => {
    const alter = onPage(['listDossiers'], (page, { searchParams }) => {
      if (searchParams.get('status') !== 'active' || searchParams.has('stage_id')) return;
      const counted = counts.get(place(request, searchParams.get('type'))) ?? 0;
      page.meta['total'] = Math.max(Number(page.meta['total']), counted);
    });
    return alter(record, name)(request);
  };
};

/** The requirements about the filters. */
const filterRequirements: Readonly<Record<string, readonly RequirementId[]>> = {
  ...{ type: ['LG-DOS-007'], status: ['LG-DOS-008'], stage_id: ['LG-DOS-009'] },
  kind: ['LG-CON-005'],
};

/** What a list with these filters is about: of several, their combination too. */
const membersOf = (filters: readonly string[]): readonly RequirementId[] => {
  const [first = '', ...others] = filters;
  const own = filterRequirements[first] ?? ['LG-GEN-017'];
  const last = others.at(-1);
  return last === undefined ? own : ['LG-GEN-023', ...own, ...(filterRequirements[last] ?? [])];
};

const listsThroughChanges = defineRule({
  id: 'sequences/lists-through-changes',
  level: 'MUST',
  verifies: [
    ...(['LG-GEN-014', 'LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-023'] as const),
    ...(['LG-DOS-007', 'LG-DOS-008', 'LG-DOS-009', 'LG-CON-005'] as const),
  ],
  sentence:
    'After any sequence of changes, every filtered list is correct, whatever its page size.',
  needs: ['fresh-organizations'],
  check: (context) =>
    runSequences(context, {
      commands: weighted([3, everyCommand(context.contract)], [2, aListing(context.contract)]),
      aspects: ['lists'],
      requirements: {
        page: ['LG-GEN-016'],
        once: ['LG-GEN-017'],
        members: ({ filters = [] }) => membersOf(filters),
        total: ({ filters = [] }) => [filters.length === 0 ? 'LG-GEN-014' : 'LG-GEN-015'],
      },
      prelude: someOfEach,
      length: 20,
    }),
  fault: countUp,
});

/** A server that renames a dossier after its file when it gets another CV. */
const nameAfterFile: Fault = (fetch, name) => {
  const known = new Set<unknown>();
  return afterSuccess(fetch, name, async (applied) => {
    const { operation, ids } = applied;
    if (operation !== 'uploadDossierCv') return;
    const [id] = ids;
    if (known.has(id)) await alsoUpdate(applied, `/dossiers/${String(id)}`, { name: 'cv.pdf' });
    known.add(id);
  });
};

const cvThroughChanges = defineRule({
  id: 'sequences/cv-through-changes',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CV-010', 'LG-CV-011', 'LG-CV-012', 'LG-CV-014', 'LG-CV-024'],
  sentence: 'Uploads change only the CV, and failed uploads change nothing.',
  needs: ['fresh-organizations', 'faults'],
  check: (context) =>
    runSequences(context, {
      commands: weighted(
        [6, anUpload()],
        [2, aRefusedUpload()],
        [2, aFailure()],
        [2, aNewDossier()],
        [3, aChange()],
        [1, aStatusChange(context.contract)],
        [1, anArchiving()],
        [1, aReading()],
      ),
      aspects: ['fields', 'lists'],
      requirements: {
        accepted: ({ operation, request }) => {
          if (operation !== 'uploadDossierCv') return [];
          const format = request?.body instanceof Form ? 'LG-CV-010' : 'LG-CV-011';
          return [format, 'LG-CV-014'];
        },
        refused: ({ operation, reasons = [] }) => {
          if (operation === 'createDossier') return ['LG-CV-006'];
          return reasons.includes(400) ? ['LG-CV-024'] : [];
        },
        dossierShown: ['LG-CV-012'],
        dossier: ['LG-CV-010', 'LG-CV-011', 'LG-CV-014'],
        // There is a dossier that isn't known, or one too many.
        members: ['LG-CV-006'],
        total: ['LG-CV-006'],
      },
      prelude: someOfEach,
      length: 20,
    }),
  fault: nameAfterFile,
});

/** A server that loses the notes of a dossier when it is archived and restored. */
const startAnew: Fault = (fetch, name) => {
  const archived = new Set<unknown>();
  const restored = new Set<unknown>();
  const alter = onPage(['listDossierNotes'], (page, url) => {
    if (restored.has(idsIn(url.href)[0])) page.data.splice(0, 1);
  });
  const record = afterSuccess(fetch, name, ({ operation, ids: [id], sent }) => {
    if (operation === 'archiveDossier' || sent['status'] === 'archived') archived.add(id);
    else if (sent['status'] !== undefined && archived.has(id)) restored.add(id);
  });
  return alter(record, name);
};

const notesThroughChanges = defineRule({
  id: 'sequences/notes-through-changes',
  level: 'MUST',
  verifies: ['LG-NOT-001', 'LG-NOT-002', 'LG-NOT-007', 'LG-NOT-008', 'LG-NOT-012'],
  sentence: 'A dossier keeps all of its notes in order, after any sequence of changes.',
  needs: [],
  check: (context) =>
    runSequences(context, {
      commands: weighted(
        [6, aNote()],
        [4, aStatusChange(context.contract)],
        [3, anArchiving()],
        [1, aMove()],
        [1, aDeletion()],
        [1, aReading()],
      ),
      aspects: ['notes'],
      requirements: {
        accepted: ['LG-NOT-007'],
        note: ({ field }) => {
          if (field === 'content') return ['LG-NOT-008'];
          return [field === 'is_internal' ? 'LG-NOT-012' : 'LG-NOT-001'];
        },
        noteOrder: ['LG-NOT-002'],
        lastNote: ['LG-NOT-007'],
        rest: ['LG-NOT-001'],
      },
      prelude: someOfEach,
    }),
  fault: startAnew,
});

export default [
  stageThroughChanges,
  archiveAndRestore,
  listsThroughChanges,
  cvThroughChanges,
  notesThroughChanges,
] satisfies readonly Rule[];
