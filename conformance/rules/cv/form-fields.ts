import fc from 'fast-check';
import { readContract } from '../../../openapi/contract.ts';
import { dossierPlaces, expectDossierKept, viewCreatedDossier } from '../../assertions/dossiers.ts';
import { unknownIdLike } from '../../assertions/foreign-ids.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Dossier, NewDossier } from '../../contract/resources.ts';
import { onForm } from '../../faults/files.ts';
import { unusedWord, withUnusedEmail } from '../../fixtures/contacts.ts';
import { expectNoDossierNamed } from '../../fixtures/dossiers.ts';
import { createListedFlow, defaultFlowOf, firstStageOf, flowsOf } from '../../fixtures/flows.ts';
import { createByForm, formOf } from '../../fixtures/forms.ts';
import { plainFlows } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';
import { anAmount, anEmail, aPhone, aText, awkwardTexts } from '../../generators/values.ts';

/** The string fields of either type, except the currency, which belongs to an amount. */
const aForm = () => {
  const details = { email: anEmail(), phone: aPhone(), role: aText(), intake_notes: aText() };
  const common = { name: aText(), company: aText(), ...details };
  return fc.oneof(
    fc.record({ type: fc.constant('candidate' as const), ...common }),
    fc.record({ type: fc.constant('sales' as const), ...common, contact_person: aText() }),
  );
};

/** A short value for each. */
const plain = {
  ...{
    name: 'Zoë Çelik',
    company: 'Tulp & Co. + Söhne',
    role: 'Planner',
    email: 'zoe@example.com',
  },
  ...{ phone: '+31 6 12345678', intake_notes: 'Met at the fair.' },
};

const formFields = defineRule({
  id: 'cv/form-fields',
  level: 'MUST',
  verifies: ['LG-CV-004'],
  sentence: 'The string fields of a form have the same meaning as in JSON.',
  needs: [],
  check: async (context) => {
    const compare = async (drafted: NewDossier, withFile: boolean) => {
      const org = await context.organization();
      const draft = await withUnusedEmail(org, drafted);
      const [assigned_to] = org.members;
      const fields = assigned_to === undefined ? draft : { ...draft, assigned_to };
      const form = formOf(fields, ...(withFile ? [aCv()] : []));
      const seen = await viewCreatedDossier(org, await createByForm(org, form));
      expectDossierKept(seen, { type: draft.type, name: draft.name }, dossierPlaces);
      const { company, contact_person } = draft;
      const listed = { company, ...(contact_person && { contact_person }) };
      expectDossierKept(seen, { ...listed, ...(assigned_to && { assigned_to }) }, ['listed']);
      expectDossierKept(seen, fields);
    };
    for (const withFile of [true, false]) {
      await compare({ type: 'candidate', ...plain }, withFile);
      await compare({ type: 'sales', ...plain, contact_person: 'Mark Visser' }, withFile);
    }
    await context.property([fc.tuple(aForm(), fc.boolean())], ([form, withFile]) =>
      compare(form, withFile),
    );
  },
  fault: onForm(['createDossier'], (form) => {
    form.delete('company');
    return form;
  }),
});

const formRefusals = defineRule({
  id: 'cv/form-refusals',
  level: 'MUST',
  verifies: ['LG-CV-004', 'LG-DOS-029', 'LG-DOS-030'],
  sentence: 'Creating a dossier by a form needs `name` and a documented `type`, as by JSON.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const form = () => formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
    const [withoutName, typeless, other] = [form(), form(), form()];
    withoutName.delete('name');
    typeless.delete('type');
    other.set('type', 'lead');
    for (const [requirement, body] of [
      ['LG-DOS-030', withoutName],
      ['LG-DOS-029', typeless],
      ['LG-DOS-029', other],
    ] as const) {
      context.about('LG-CV-004', requirement);
      context.expect.refusal(await org.all.send('createDossier', { body }), 400);
    }
    context.about('LG-CV-004');
    await createByForm(org, form());
  },
  fault: onForm(['createDossier'], (form) => {
    if (form.get('type') !== 'sales') form.set('type', 'candidate');
    return form;
  }),
});

const formFlow = defineRule({
  id: 'cv/form-flow',
  level: 'MUST',
  verifies: ['LG-CV-004', 'LG-DOS-022', 'LG-DOS-024'],
  sentence:
    'A form with `flow_id` creates a dossier in that flow, and a form without it in the default flow.',
  needs: ['fresh-organizations', 'flows'],
  check: async (context) => {
    const org = await context.organization();
    for (const draft of plainFlows(2)) {
      const { id: flow_id, type, stages } = await createListedFlow(org, draft);
      const fields = { type, name: 'Noor Bakker' };
      context.about('LG-CV-004', 'LG-DOS-024');
      const given = await createByForm(org, formOf({ ...fields, flow_id }));
      const inside = stages.some(({ id }) => id === given.current_stage_id);
      expectThat(inside, 'a stage of the given flow', () => given.current_stage_id);
      context.about('LG-CV-004', 'LG-DOS-022');
      const other = await createByForm(org, formOf(fields));
      const flow = defaultFlowOf(await flowsOf(org), type);
      const first = flow && firstStageOf(flow)?.id;
      expectEqual(other.current_stage_id, first, 'the first stage of the default flow,');
    }
  },
  fault: onForm(['createDossier'], (form) => {
    form.delete('flow_id');
    return form;
  }),
});

/** The reference, and the statement and the decision about the refusal of an unknown one. */
const references = [
  ['flow_id', 'LG-DOS-026', 'LG-DOS-027'],
  ['contact_id', 'LG-DOS-054', 'LG-DOS-055'],
] as const;

const formReferences = defineRule({
  id: 'cv/form-references',
  level: 'MUST',
  verifies: ['LG-CV-004', 'LG-DOS-026', 'LG-DOS-054'],
  sentence: "A form with a `flow_id` or `contact_id` that doesn't exist is refused, as JSON is.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const word = await unusedWord(org);
    const [flow] = await flowsOf(org);
    const unknown = unknownIdLike(flow?.id ?? 'b83e17d4-6a2f-4c95-8e01-39fd5c7260ea');
    for (const [field, statement, decision] of references) {
      for (const files of [[], [aCv()]]) {
        const draft = { type: 'candidate', name: `For no ${field} of ${word}` } as const;
        const body = formOf({ ...draft, [field]: unknown }, ...files);
        context.about('LG-CV-004', statement);
        const refused = await org.all.send('createDossier', { body });
        expectPermittedRefusal(context, refused, [decision]);
        await expectNoDossierNamed(org, draft.name);
        context.about('LG-CV-004');
        await createByForm(org, formOf({ ...draft, name: 'Without' }, ...files));
      }
    }
  },
  // A server that ignores unknown references in forms.
  fault: onForm(['createDossier'], (form) => {
    form.delete('flow_id');
    return form;
  }),
});

const longText = 'Zoë Çelik, '.repeat(90).trim();

/** Short, long and awkward texts in every string field of a candidate. */
const aCandidate = (): fc.Arbitrary<NewDossier> => {
  const text = fc.oneof(aText(), fc.constantFrom(...awkwardTexts, longText));
  const texts = { name: text, company: text, role: text, intake_notes: text };
  return fc.record({
    ...{ type: fc.constant('candidate' as const), email: anEmail(), phone: aPhone() },
    ...texts,
  });
};

/** A short draft with every field. */
const shortDraft: NewDossier = {
  ...{ type: 'candidate', name: 'Noor Bakker', company: 'Tulp Logistics', role: 'Planner' },
  ...{
    email: 'noor@example.com',
    phone: '+31 6 12345678',
    intake_notes: 'Met at the fair.\nCalls back.',
  },
};

/** Normalises line breaks, since clients convert those in forms to CRLF. */
const withPlainBreaks = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value;

const formLikeJson = defineRule({
  id: 'cv/form-like-json',
  level: 'MUST',
  verifies: ['LG-CV-004'],
  sentence: 'A creation by a form returns the same field values as the same creation by JSON.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const compare = async (draft: NewDossier) => {
      // One organisation each, since each contact needs the address.
      const [one, other] = [await context.organization(), await context.organization()];
      const exchange = await one.all.send('createDossier', { body: draft });
      // The maximum length of a text is a decision, for forms too.
      if (exchange.response.status >= 400) return;
      context.expect.success(exchange);
      const byJson = await viewCreatedDossier(one, dataOf(exchange.json) as Dossier);
      const byForm = await viewCreatedDossier(
        other,
        await createByForm(other, formOf(draft, aCv())),
      );
      for (const place of ['created', 'retrieved', 'listed'] as const) {
        const texts = ({ [place]: seen }: typeof byJson) =>
          Object.keys(draft).map((name) => [name, withPlainBreaks(seen[name as keyof Dossier])]);
        expectEqual(texts(byForm), texts(byJson), 'the same fields as after a creation by JSON,');
      }
    };
    await compare(shortDraft);
    await context.property([aCandidate()], compare, 8);
  },
  // A server that reads only the form fields of the documented example.
  fault: onForm(['createDossier'], (form) => {
    form.delete('phone');
    return form;
  }),
});

/** Amounts that no decision permits to round or refuse. */
const amounts = [7, 1250, 62_000, 1250.5];

const formAmount = defineRule({
  id: 'cv/form-amount',
  level: 'MUST',
  verifies: ['LG-CV-005'],
  sentence: 'In a form, `deal_size` is sent as the text of a number and returned as that number.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const deal_size of amounts) {
      const form = formOf({ type: 'sales', name: 'Tulp Logistics', deal_currency: 'EUR' });
      form.set('deal_size', String(deal_size));
      const seen = await viewCreatedDossier(org, await createByForm(org, form));
      expectDossierKept(seen, { deal_size }, ['retrieved', 'listed']);
    }
  },
  fault: onForm(['createDossier'], (form) => {
    form.set('deal_size', String(Number.parseInt(form.get('deal_size') as string)));
    return form;
  }),
});

/** Numbers in JSON notation. */
const variants = ['0', '19.99', '1e3', '1E+10', '25e-1'];

const formAmountSpellings = defineRule({
  id: 'cv/form-amount-spellings',
  level: 'SHOULD',
  verifies: ['LG-DOS-049'],
  sentence: 'A `deal_size` in a form keeps every digit, however the number is written.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const expectAmount = async (text: string, deal_size: number) => {
      const form = formOf({ type: 'sales', name: 'Tulp Logistics', deal_currency: 'EUR' });
      form.set('deal_size', text);
      const seen = await viewCreatedDossier(org, await createByForm(org, form));
      expectDossierKept(seen, { deal_size }, ['retrieved', 'listed']);
    };
    for (const text of variants) await expectAmount(text, Number(text));
    await context.property([anAmount()], (amount) => expectAmount(String(amount), amount), 5);
  },
  // A server that reads exponents only up to their sign.
  fault: onForm(['createDossier'], (form) => {
    form.set(
      'deal_size',
      String(Number.parseFloat((form.get('deal_size') as string).split(/e/i)[0] ?? '')),
    );
    return form;
  }),
});

/** Texts that aren't numbers in JSON notation, though some parsers accept them. */
const others = ['', ' ', 'much', '0x10', '1.250,50', '12 EUR', 'EUR 12', '5.', 'Infinity'];

const noAmount = defineRule({
  id: 'cv/no-amount',
  level: 'SHOULD',
  verifies: ['LG-GEN-034'],
  sentence: "A `deal_size` in a form that isn't a number is refused.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const formWith = (deal_size: string) => {
      const form = formOf({ type: 'sales', name: 'Tulp Logistics', deal_currency: 'EUR' });
      form.set('deal_size', deal_size);
      return form;
    };
    for (const text of others) {
      const exchange = await org.all.send('createDossier', { body: formWith(text) });
      context.expect.refusal(exchange, 400);
    }
    await createByForm(org, formWith('12'));
  },
  // A server that parses only the beginning of the text.
  fault: onForm(['createDossier'], (form) => {
    const text = form.get('deal_size');
    const amount = typeof text === 'string' ? Number.parseFloat(text) : NaN;
    if (!Number.isNaN(amount)) form.set('deal_size', String(amount));
    return form;
  }),
});

const fieldSize = defineRule({
  id: 'cv/field-size',
  level: 'SHOULD',
  verifies: ['LG-CV-032'],
  sentence: 'A text field of a form can be as large as a JSON body, and a larger one is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const limit = context.contract.jsonBodyLimit;
    const form = (size: number) =>
      formOf({ type: 'candidate', name: 'With a long text', intake_notes: 'n'.repeat(size) });
    const send = (size: number) => org.all.send('createDossier', { body: form(size) });
    context.expect.refusal(await send(limit + 1), 400);
    await createByForm(org, form(limit));
  },
  // A server that truncates texts that are too large.
  fault: onForm(['createDossier'], (form) => {
    const notes = form.get('intake_notes');
    if (typeof notes === 'string')
      form.set('intake_notes', notes.slice(0, readContract().jsonBodyLimit));
    return form;
  }),
});

export default [
  formFields,
  formRefusals,
  formFlow,
  formReferences,
  formLikeJson,
  formAmount,
  formAmountSpellings,
  noAmount,
  fieldSize,
] satisfies readonly Rule[];
