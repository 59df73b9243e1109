import { expectDetailsKept } from '../../assertions/contacts-of-dossiers.ts';
import { expectCompletePages } from '../../assertions/lists.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type Dossier, dossierStatuses, type NewDossier } from '../../contract/resources.ts';
import { cacheReads } from '../../faults/applied-requests.ts';
import { ignoreField, ignoreQueryParameters } from '../../faults/inject.ts';
import { unusedWord } from '../../fixtures/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';
import { awkwardAmounts, denseTexts, longTexts } from '../../generators/values.ts';
import { checksOf } from '../../model/checks.ts';
import type { ModelSession } from '../../model/command.ts';
import { archiveDossierCommand, changeDossier } from '../../model/dossier-commands.ts';
import {
  dossierChangeRequirements,
  dossierPages,
  dossierValueRequirements,
} from '../../model/dossier-requirements.ts';
import { checkDossierList, type DossierFilter } from '../../model/lists.ts';
import { dossierCreated } from '../../model/oracle-changes.ts';
import type { DossierFacts } from '../../model/oracle.ts';
import { createKnownDossier, follow, openTour } from '../../model/tour.ts';

const phones = ['+31 6 12345678', '+44 (20) 7946 0958', '+32 2 555 12 12', '+31-20-5551234'];

const at = <Value>(values: readonly Value[], index: number): Value =>
  values[index % values.length] as Value;

/** As many dossiers as there are awkward texts, so that each field has each of them once. */
const awkwardDossiers = (word: string): NewDossier[] =>
  denseTexts.map((name, index) => {
    const type = index % 2 === 0 ? 'sales' : 'candidate';
    const sales = {
      ...(index % 6 !== 2 && { contact_person: at(denseTexts, index + 5) }),
      ...(index % 6 !== 4 && {
        ...{
          deal_size: at(awkwardAmounts, index / 2),
          deal_currency: at(['EUR', 'USD', 'JPY'], index),
        },
      }),
    };
    return {
      ...{ type, name },
      ...(index % 3 === 0 && { email: `noor+${String(index)}.${word}@example.com` }),
      ...(index % 3 !== 2 && { phone: at(phones, index) }),
      ...(index % 5 !== 4 && { company: at(denseTexts, index + 11) }),
      ...(index % 7 !== 6 && { role: at(denseTexts, index + 17) }),
      // A form may have other line breaks.
      ...(index % 4 === 1 && { intake_notes: at(denseTexts, index + 23) }),
      ...(index % 2 === 0 && { intake_notes: `${at(denseTexts, index + 23)}\nand more` }),
      ...(type === 'sales' && sales),
    };
  });

/** A dossier with long texts, unless they are refused (LG-GEN-042). */
const createLong = async (session: ModelSession): Promise<void> => {
  const [, , , , text = ''] = longTexts;
  const body = {
    ...{ type: 'sales' as const, name: text, company: text, role: text },
    ...{ contact_person: text, intake_notes: text },
  };
  const exchange = await session.org.all.send('createDossier', { body });
  if (exchange.response.status >= 400) {
    expectPermittedRefusal(session.context, exchange, ['LG-GEN-042', 'LG-GEN-043']);
    return;
  }
  const { id, current_stage_id: stage } = dataOf(exchange.json) as Dossier;
  dossierCreated(session.oracle, { id, draft: body, stages: [stage], stage, cv: false });
};

/** Reads every filter alone and together, with pages of this size. */
const readFiltered = async (
  session: ModelSession,
  filters: readonly DossierFilter[],
  size?: number,
): Promise<void> => {
  for (const filter of filters) await checkDossierList(session, filter, size);
};

/** Sets some dossiers to other statuses, and moves some to other stages. */
const spread = async (session: ModelSession, dossiers: readonly DossierFacts[]): Promise<void> => {
  const statuses = dossierStatuses(session.context.contract).filter((one) => one !== 'active');
  for (const [index, dossier] of dossiers.slice(0, 6).entries()) {
    if (index % 3 === 0 && dossier.stages.length > 1) {
      await changeDossier(session, dossier, { current_stage_id: dossier.stages[1] });
    }
    await changeDossier(session, dossier, { status: at(statuses, index) });
  }
};

const dossierValues = defineRule({
  id: 'tours/dossier-values',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-001', 'LG-DOS-006', 'LG-DOS-007', 'LG-DOS-008', 'LG-DOS-009'] as const),
    ...(['LG-DOS-011', 'LG-DOS-012', 'LG-DOS-016', 'LG-DOS-019', 'LG-DOS-020'] as const),
    ...(['LG-DOS-021', 'LG-DOS-022', 'LG-DOS-023', 'LG-DOS-030', 'LG-DOS-034'] as const),
    ...(['LG-DOS-035', 'LG-DOS-036', 'LG-DOS-038', 'LG-DOS-039', 'LG-DOS-040'] as const),
    ...(['LG-DOS-041', 'LG-GEN-011', 'LG-GEN-012', 'LG-GEN-013', 'LG-GEN-014'] as const),
    ...(['LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018', 'LG-GEN-023'] as const),
    ...(['LG-GEN-039', 'LG-DOS-067', 'LG-DOS-068', 'LG-DOS-112', 'LG-CV-004'] as const),
  ],
  sentence:
    'Dossiers with values of all kinds are returned as they were sent, by their creation, by every page and by every filter.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const session = await openTour(context, ['fields', 'lists'], dossierValueRequirements);
    const { org, oracle } = session;
    const word = await unusedWord(org);
    const made: DossierFacts[] = [];
    for (const [index, draft] of [...awkwardDossiers(word), ...plainDossiers(4)].entries()) {
      const way = draft.type === 'candidate' && index % 4 === 1 ? { form: {} } : {};
      made.push(await createKnownDossier(session, draft, way));
    }
    await createLong(session);
    await checkDossierList(session);
    const ids = [...oracle.dossiers.keys()];
    await expectCompletePages(org, 'listDossiers', {}, ids, [undefined, 17], (...part) => {
      context.about(...dossierPages(...part));
    });
    await spread(session, made.toReversed());
    const types = ['candidate', 'sales'];
    const statuses = dossierStatuses(context.contract);
    await readFiltered(
      session,
      types.map((type) => ({ type })),
    );
    await readFiltered(
      session,
      statuses.map((status) => ({ status })),
      10,
    );
    const both = statuses.map((status, index) => ({ status, type: at(types, index) }));
    await readFiltered(session, both);
    const [first] = made;
    const stages = first?.stages.slice(0, 2) ?? [];
    for (const stage_id of stages) {
      await readFiltered(session, [{ stage_id, type: 'sales', status: 'active' }], 10);
      const more = [{ type: 'candidate' }, { status: 'lost', type: 'sales' }];
      await readFiltered(session, [{ stage_id }, ...more.map((one) => ({ ...one, stage_id }))]);
    }
  },
  fault: ignoreQueryParameters('listDossiers', 'stage_id'),
});

/** Each field alone, then some together. */
const changesOf = (word: string, members: readonly string[]) => [
  { name: 'Zoë Çelik, hiring' },
  { company: 'Linde Retail' },
  { role: 'Buyer' },
  { intake_notes: 'First line\nSecond line' },
  { phone: '+44 (20) 7946 0958' },
  { email: `iris+leads.${word}@mail.example.org` },
  ...members.slice(0, 2).map((assigned_to) => ({ assigned_to })),
  { company: 'LINDE Retail', role: 'Director' },
  { name: 'Zoë ÇELIK, hiring', intake_notes: 'Short.', ...(members[0] && { assigned_to: null }) },
  ...members.slice(0, 1).map((assigned_to) => ({ assigned_to, name: 'Assigned again' })),
];

const salesChanges = [
  { contact_person: 'Iris de Vries' },
  { deal_size: 12_500.5 },
  { deal_currency: 'USD' },
  { deal_size: 0.01, deal_currency: 'EUR' },
  { contact_person: 'Iris Maas', deal_size: 16_777_217 },
];

const full = (word: string, type: NewDossier['type']): NewDossier => ({
  ...{ type, name: `Before any change of ${type}`, company: 'Tulp Logistics', role: 'Planner' },
  ...{
    phone: '+31 6 12345678',
    email: `${type}.${word}@example.com`,
    intake_notes: 'A long note.',
  },
  ...(type === 'sales' && { contact_person: 'Mark', deal_size: 45_000, deal_currency: 'GBP' }),
});

/** Won, lost, and back, each with a move, and then archived and restored in every way. */
const throughStatuses = async (session: ModelSession, dossier: DossierFacts): Promise<void> => {
  const look = async (): Promise<void> => {
    for (const check of checksOf(session, { dossiers: [dossier.id] })) await check();
  };
  const number = [...session.oracle.dossiers.keys()].indexOf(dossier.id);
  const change = (changes: Record<string, unknown>) => changeDossier(session, dossier, changes);
  const [first, second = first] = dossier.stages;
  const last = dossier.stages.at(-1);
  await change({ current_stage_id: last });
  if (dossier.type === 'sales') await change({ current_stage_id: first });
  await change({ status: 'won' });
  await change({ current_stage_id: second });
  await change({ status: 'lost', name: `Lost ${dossier.type}` });
  await change({ current_stage_id: first });
  await look();
  await change({ status: 'active', current_stage_id: second });
  // Sales are archived once they are won.
  if (dossier.type === 'sales') await change({ status: 'won', deal_size: 19.99 });
  await follow(session, [archiveDossierCommand(number)]);
  await look();
  await checkDossierList(session, { status: 'archived' });
  if (dossier.type === 'sales') await checkDossierList(session, { status: 'active' });
  await change({ name: 'Renamed in the archive' });
  await change({ status: 'lost' });
  await change({ status: 'archived' });
  await change({ status: 'won', company: 'Restored' });
  await look();
};

const dossierChanges = defineRule({
  id: 'tours/dossier-changes',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-002', 'LG-DOS-067', 'LG-DOS-068', 'LG-DOS-069', 'LG-DOS-070'] as const),
    ...(['LG-DOS-071', 'LG-DOS-072', 'LG-DOS-073', 'LG-DOS-074', 'LG-DOS-075'] as const),
    ...(['LG-DOS-076', 'LG-DOS-077', 'LG-DOS-078', 'LG-DOS-080', 'LG-DOS-081'] as const),
    ...(['LG-DOS-082', 'LG-DOS-083', 'LG-DOS-093', 'LG-DOS-095', 'LG-DOS-096'] as const),
    ...(['LG-DOS-097', 'LG-DOS-098', 'LG-DOS-065', 'LG-DOS-066', 'LG-GEN-013'] as const),
  ],
  sentence:
    'Each change, move, deletion and restoration of a dossier is shown by its response, the dossier and the lists, and changes nothing else.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const session = await openTour(context, ['fields', 'lists'], dossierChangeRequirements());
    const { org } = session;
    const word = await unusedWord(org);
    const more = context.offers.has('more-members') ? [await org.createMember('Iris Maas')] : [];
    const members = [...org.members.slice(0, 1), ...more];
    for (const type of ['sales', 'candidate'] as const) {
      const dossier = await createKnownDossier(session, full(word, type), {
        ...(type === 'candidate' && { form: { file: aCv() } }),
      });
      const look = async (): Promise<void> => {
        for (const check of checksOf(session, { dossiers: [dossier.id] })) await check();
      };
      await look();
      const all = changesOf(`${type}.${word}`, members);
      // The fields of both types, one by one in sales, and two at a time in candidates.
      const changes =
        type === 'sales' ? [...all] : [...inPairs(all.slice(0, 6)), ...all.slice(6, 8)];
      if (type === 'sales') changes.push(...(salesChanges as unknown as typeof changes));
      for (const [index, one] of changes.entries()) {
        await changeDossier(session, dossier, one);
        if (index === 5) await look();
      }
      await checkDossierList(session);
      await throughStatuses(session, dossier);
    }
  },
  // A server with a cache that ignores changes.
  fault: cacheReads('getDossier', ['archiveDossier']),
});

const inPairs = <Change extends object>(changes: readonly Change[]): Change[] =>
  changes.flatMap((change, index) =>
    index % 2 === 0 ? [{ ...change, ...changes[index + 1] }] : [],
  );

const details = (word: string) => ({
  email: `noor.${word}@example.com`,
  phone: '+31 6 12345678',
  role: 'Planner',
});

const dossierOrigins = defineRule({
  id: 'tours/dossier-origins',
  level: 'MUST',
  verifies: [
    ...(['LG-DOS-033', 'LG-DOS-058', 'LG-DOS-105', 'LG-DOS-106', 'LG-DOS-107'] as const),
    ...(['LG-DOS-109', 'LG-DOS-110', 'LG-DOS-111', 'LG-CV-004'] as const),
  ],
  sentence:
    'A dossier by JSON or by a form keeps its contact details, those of its creation and those of a change.',
  needs: ['fresh-organizations', 'flows'],
  check: async (context) => {
    const session = await openTour(context);
    const { org } = session;
    const { about } = context;
    for (const [index, type] of (['sales', 'candidate'] as const).entries()) {
      for (const form of [undefined, {}]) {
        const word = `${String(index)}${form ? 'f' : 'j'}.${await unusedWord(org)}`;
        const way = form && { form };
        const sent = details(word);
        about(form ? 'LG-CV-004' : 'LG-DOS-033');
        const { id } = await createKnownDossier(session, { type, name: word, ...sent }, way);
        about('LG-DOS-058');
        await expectDetailsKept(org, id, sent, {
          ...{ email: 'LG-DOS-105', phone: 'LG-DOS-106', role: 'LG-DOS-107' },
        });
        const changed = {
          email: `iris.${word}@example.org`,
          phone: '+32 2 555 12 12',
          role: 'Buyer',
        };
        const request = { path: { id }, body: changed };
        context.expect.success(await org.all.send('updateDossier', request));
        await expectDetailsKept(org, id, changed, {
          ...{ email: 'LG-DOS-109', phone: 'LG-DOS-110', role: 'LG-DOS-111' },
        });
      }
    }
  },
  fault: ignoreField('createDossier', 'email'),
});

export default [dossierValues, dossierChanges, dossierOrigins] satisfies readonly Rule[];
