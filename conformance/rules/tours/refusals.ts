import type { RequirementId } from '../../../openapi/register.ts';
import { unknownIdLike } from '../../assertions/foreign-ids.ts';
import {
  expectPermittedRefusal,
  expectStatusOfCode,
  type RefusalReason,
  snapshotOf,
} from '../../assertions/refusals.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onFields } from '../../faults/inject.ts';
import { addFile, formOf } from '../../fixtures/forms.ts';
import { aCv, nonPdfFiles } from '../../generators/files.ts';
import type { RawRequest } from '../../http/client.ts';
import { everyRequest, furnish, type Furniture, type NamedRequest } from '../../model/furnished.ts';

type Wrong = NamedRequest & {
  readonly reasons: readonly RefusalReason[];
  /** What it is about that the request is refused. */
  readonly requirements: readonly RequirementId[];
};

const lacks = 'LG-ERR-013';
const unlisted = 'LG-ERR-014';
const isNull = 'LG-GEN-059';

const deal = 'Refused deal';
const person = 'Refused person';

const wrong = (
  requirements: readonly RequirementId[],
  operation: NamedRequest['operation'],
  request: RawRequest,
  ...reasons: readonly RefusalReason[]
): Wrong => ({ operation, request, reasons: reasons.length > 0 ? reasons : [400], requirements });

/** Wrong bodies of one operation, about the same requirements. */
const bodies = (
  requirements: readonly RequirementId[],
  operation: NamedRequest['operation'],
  of: object,
  ...all: readonly object[]
): Wrong[] => all.map((body) => wrong(requirements, operation, { ...of, body }));

/** A form of a new dossier without this field, or with another value of it. */
const formWith = (field: string, value?: string): RawRequest => {
  const form = formOf({ type: 'candidate', name: deal }, aCv());
  form.delete(field);
  if (value !== undefined) form.set(field, value);
  return { body: form };
};

/** Bodies that lack a required field, have null in it, or a value outside an enumeration. */
const wrongBodies = (own: Furniture): Wrong[] => [
  ...wrongDossiers(own),
  ...wrongContacts(own),
  ...wrongParts(own),
  ...unknownReferences(own),
];

const wrongDossiers = (own: Furniture): Wrong[] => {
  const path = { id: own.dossier };
  const [noName, noType] = [['LG-DOS-030', lacks] as const, ['LG-DOS-029', lacks] as const];
  const email = 'refused@example.com';
  const otherType = ['LG-DOS-029', unlisted] as const;
  const stages = [
    { name: deal, current_stage_id: unknownIdLike(own.stage) },
    ...own.otherStages.slice(0, 1).map((current_stage_id) => ({ current_stage_id })),
  ];
  return [
    ...bodies(noName, 'createDossier', {}, { type: 'sales' }, { type: 'candidate', email }),
    ...bodies(noType, 'createDossier', {}, { name: deal }),
    ...bodies([isNull], 'createDossier', {}, { type: 'sales', name: null }),
    ...bodies([isNull], 'createDossier', {}, { type: null, name: deal }),
    ...['lead', 'candidates', 'constructor', 'deal'].flatMap((type) =>
      bodies(otherType, 'createDossier', {}, { type, name: deal }),
    ),
    ...bodies(noType, 'createDossier', {}, { name: deal, flow_id: own.flow }),
    wrong(noType, 'createDossier', formWith('type')),
    wrong(noName, 'createDossier', formWith('name')),
    wrong(otherType, 'createDossier', formWith('type', 'lead')),
    ...['closed', 'activ', 'constructor', '1'].flatMap((status) =>
      bodies(['LG-DOS-079', unlisted], 'updateDossier', { path }, { status, name: deal }),
    ),
    ...stages.map((body) => wrong(['LG-DOS-084'], 'updateDossier', { path, body }, 'LG-DOS-085')),
  ];
};

const wrongContacts = (own: Furniture): Wrong[] => {
  const path = { id: own.contact };
  const otherKind = ['LG-CON-046', unlisted] as const;
  const change = { full_name: 'Renamed', kind: ['client', 'friend'] };
  return [
    ...bodies(['LG-CON-027', lacks], 'createContact', {}, { email: 'refused@example.com' }),
    ...bodies([isNull], 'createContact', {}, { full_name: null }),
    ...[['friend'], ['client', 'friend'], ['clients'], ['constructor']].flatMap((kind) =>
      bodies(otherKind, 'createContact', {}, { full_name: person, kind }),
    ),
    ...bodies(otherKind, 'updateContact', { path }, change),
  ];
};

/** Links and notes. */
const wrongParts = (own: Furniture): Wrong[] => {
  const of = { path: { id: own.dossier } };
  const link = { contact_id: own.contact, role_on_dossier: 'champion', is_primary: true };
  const [noContact, noRole] = [['LG-LNK-011', lacks] as const, ['LG-LNK-014', lacks] as const];
  const otherRole = ['LG-LNK-015', unlisted] as const;
  const noContent = ['LG-NOT-009', lacks] as const;
  return [
    ...bodies(noContact, 'linkDossierContact', of, { ...link, contact_id: undefined }),
    ...bodies(noRole, 'linkDossierContact', of, { ...link, role_on_dossier: undefined }),
    ...bodies(noRole, 'linkDossierContact', of, { contact_id: own.contact }),
    ...['boss', 'champ', 'champions', 'hiring-manager', 'toString'].flatMap((role_on_dossier) =>
      bodies(otherRole, 'linkDossierContact', of, { ...link, role_on_dossier }),
    ),
    ...bodies([isNull], 'linkDossierContact', of, { ...link, role_on_dossier: null }),
    ...bodies(noContent, 'createDossierNote', of, {}),
    ...bodies(['LG-NOT-009'], 'createDossierNote', of, { content: '' }),
    ...bodies([isNull], 'createDossierNote', of, { content: null }),
    ...bodies(['LG-NOT-009'], 'createDossierNote', of, { content: '', is_internal: false }),
  ];
};

/** Well-formed ids of nothing. */
const unknownReferences = (own: Furniture): Wrong[] => {
  const [flow_id, contact_id] = [unknownIdLike(own.flow), unknownIdLike(own.contact)];
  const draft = { type: 'sales' as const, name: deal };
  const link = { contact_id, role_on_dossier: 'champion' };
  return [
    wrong(['LG-DOS-026'], 'createDossier', { body: { ...draft, flow_id } }, 'LG-DOS-027'),
    wrong(['LG-DOS-026'], 'createDossier', { body: formOf({ ...draft, flow_id }) }, 'LG-DOS-027'),
    wrong(['LG-DOS-054'], 'createDossier', { body: { ...draft, contact_id } }, 'LG-DOS-055'),
    wrong(
      ['LG-LNK-012'],
      'linkDossierContact',
      { path: { id: own.dossier }, body: link },
      'LG-LNK-013',
    ),
  ];
};

/** Not exactly one JSON value, made from the JSON of an object. */
const malformed: readonly ((json: string) => string)[] = [
  (json) => json.slice(0, -1),
  (json) => json.replace(/\}$/, ',}'),
  (json) => `${json}x`,
  (json) => `${json} {}`,
  (json) => `${json}\n${json}`,
  (json) => `${json}\0`,
  (json) => `${json} and more`,
  (json) => json.replace(/\}$/, '/* the end */}'),
  (json) => json.replace(/"([A-Z][a-z]+)/, '"$1\n'),
  (json) => json.replace(/\}$/, ',"deal_size":NaN}'),
  () => 'type=sales&name=Refused+deal',
  (json) => json.replaceAll('"', "'"),
];

/** JSON that is no object. */
const otherValues = ['null', '[]', '42', '"text"', ''];

const twoFiles = (): RawRequest => {
  const form = formOf({ type: 'candidate', name: 'Odd' }, aCv());
  addFile(form, 'cv', aCv());
  return { body: form };
};

/** Requests that are wrong in other ways: they may be refused with any status of the caller's. */
const strange = (own: Furniture): NamedRequest[] => {
  const [path, ofContact] = [{ id: own.dossier }, { id: own.contact }];
  const type = (text: string) => ({ headers: { 'content-type': text } });
  const bytes = (text: string) => new TextEncoder().encode(text);
  const [, letter] = nonPdfFiles;
  const all: [NamedRequest['operation'], RawRequest][] = [
    ['createDossierNote', { path, body: { content: 5 } }],
    ['createContact', { body: { full_name: person, kind: {} } }],
    ['createContact', { body: { full_name: 'Odd', company: 'No\0thing' } }],
    ['updateDossier', { path }],
    ['updateContact', { path: ofContact }],
    ['createDossier', { body: bytes('<name>Noor</name>'), ...type('application/xml') }],
    ['createDossier', { body: bytes('--x--'), ...type('multipart/form-data') }],
    ['createDossier', twoFiles()],
    ['uploadDossierCv', { path, body: letter?.bytes, ...type('text/plain') }],
    ['listFlowStages', { path: { id: 'none' } }],
    ['getDossier', { path: { id: 'none' } }],
    ['getContact', { path: { id: '0' } }],
    ['listContacts', { query: { per_page: 'none' } }],
    ['listDossiers', { query: { stage_id: 'none' } }],
    ['listContacts', { query: { 'search[a]': 'none' } }],
    ['listFlows', { query: { page: '-1' } }],
  ];
  return all.map(([operation, request]) => ({ operation, request }));
};

/** Sends a request that is wrong in itself: any refusal is right, but no status of 500 or above. */
const expectNoCrash = async (
  org: Organization,
  { operation, request }: NamedRequest,
): Promise<void> => {
  const { status } = (await org.all.send(operation, request)).response;
  if (status < 500) return;
  // A gateway may be down for a moment.
  const again = await org.all.send(operation, request);
  expectThat(again.response.status < 500, 'a status below 500, each time', () => status);
};

/** Malformed JSON, and JSON that is no object, at each of these operations in turn. */
const expectJsonRefused = async (
  org: Organization,
  requests: readonly NamedRequest[],
): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  const at = (index: number): NamedRequest => requests[index % requests.length] as NamedRequest;
  for (const [index, malform] of malformed.entries()) {
    const { operation, request } = at(index);
    const body = malform(JSON.stringify(request.body));
    org.context.about('LG-ERR-015');
    const exchange = await org.all.send(operation, { ...request, headers, body });
    org.context.expect.refusal(exchange, 400);
  }
  org.context.about('LG-ERR-031');
  for (const [index, body] of [...otherValues, ...otherValues].entries()) {
    const { operation, request } = at(index);
    await expectNoCrash(org, { operation, request: { ...request, headers, body } });
  }
};

/** A number as content may be accepted, and notes of the same second have no order. */
const lawfulNotes = ['Called before.', 'Called before., 5', '5, Called before.'];

const refusals = defineRule({
  id: 'tours/refusals',
  level: 'MUST',
  verifies: [
    ...(['LG-ERR-009', 'LG-ERR-013', 'LG-ERR-014', 'LG-ERR-015', 'LG-GEN-059'] as const),
    ...(['LG-DOS-029', 'LG-DOS-030', 'LG-DOS-079', 'LG-DOS-084', 'LG-DOS-026'] as const),
    ...(['LG-DOS-054', 'LG-CON-027', 'LG-CON-046', 'LG-LNK-011', 'LG-LNK-012'] as const),
    ...(['LG-LNK-014', 'LG-LNK-015', 'LG-NOT-009', 'LG-ERR-031'] as const),
  ],
  sentence:
    'A body that lacks a required field, has an unknown value or reference, or is malformed JSON, is refused without effect, and nothing that is wrong in itself returns a status of 500 or above.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const { about } = context;
    const org = await context.organization();
    // The positive controls: valid requests of the same operations.
    const own = await furnish(org, 'before');
    for (const { operation, request, reasons, requirements } of wrongBodies(own)) {
      const exchange = await org.all.send(operation, request);
      about('LG-ERR-009');
      expectStatusOfCode(context, exchange, 400);
      about(...requirements);
      expectPermittedRefusal(context, exchange, reasons);
    }
    const requests = everyRequest(own, deal).filter(
      ({ request: { body } }) => body?.constructor === Object,
    );
    await expectJsonRefused(org, requests);
    for (const one of strange(own)) await expectNoCrash(org, one);
    // A refused update may have changed its valid fields (LG-ERR-028), but there is nothing new.
    const lines = await snapshotOf(org);
    // Two files in a form may be accepted.
    const dossiers = lines.filter((line) => /^(sales|candidate), (?!Odd)/.test(line));
    about('LG-DOS-029', 'LG-DOS-030', 'LG-DOS-054');
    expectEqual(dossiers.length, 1, 'the number of dossiers after the refusals');
    const [dossier = ''] = dossiers;
    const notes = dossier.replace(/^.* as [a-z_]+(?: \(primary\))?, /, '');
    const whole = dossier.includes('Noor before as champion') && lawfulNotes.includes(notes);
    about('LG-LNK-012', 'LG-NOT-009');
    expectThat(whole, 'the contacts and notes of the dossier as before', () => dossier);
    about('LG-CON-046');
    const named = lines.filter((line) => line.startsWith(person));
    expectEqual(named, [], 'no contact that was refused:');
  },
  // A server with a default name.
  fault: onFields((fields) => {
    fields['name'] ??= 'Unnamed';
  }),
});

export default [refusals] satisfies readonly Rule[];
