import fc from 'fast-check';
import { expectNoEvents } from '../../assertions/deliveries.ts';
import {
  createDossiersInEveryFormat,
  eventsAbout,
  expectEvent,
  expectOnlyEvents,
  listenForEvents,
  waitForPendingEvents,
} from '../../assertions/events.ts';
import { isPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type Dossier, dossierTypes } from '../../contract/resources.ts';
import { dropEvents, sendExtraEvent } from '../../faults/deliveries.ts';
import { createContact, unusedEmail } from '../../fixtures/contacts.ts';
import { archiveDossier, createDossier, updateDossier } from '../../fixtures/dossiers.ts';
import { createByForm, formOf, uploadForm } from '../../fixtures/forms.ts';
import { addNote } from '../../fixtures/links-and-notes.ts';
import { aDossierType, plainDossiers } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';
import { aText } from '../../generators/values.ts';

const creation = defineRule({
  id: 'webhooks/creation',
  level: 'MUST',
  verifies: ['LG-WEB-010'],
  sentence:
    'Creating a dossier sends `dossier.created`, by JSON or by a form, with or without a CV.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const away = fc.constantFrom('JSON', 'form', 'form with CV');
    await context.property(
      [aDossierType(), aText(), away],
      async (type, name, way) => {
        const draft = { type, name };
        // A CV for a sales dossier is a decision.
        const files = way === 'form with CV' && type === 'candidate' ? [aCv()] : [];
        const { id } =
          way === 'JSON'
            ? await createDossier(org, draft)
            : await createByForm(org, formOf(draft, ...files));
        await expectEvent(inbox, 'dossier.created', id);
      },
      10,
    );
  },
  // A server that sends no event for a form with a file.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.created' && typeof data['cv_url'] === 'string',
  ),
});

const creationAlone = defineRule({
  id: 'webhooks/creation-alone',
  level: 'SHOULD',
  verifies: ['LG-WEB-028'],
  sentence: 'Creating a dossier, with or without a CV, sends only `dossier.created`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const created = await createDossiersInEveryFormat(org, inbox);
    await waitForPendingEvents(org, inbox);
    for (const { id } of created) await expectOnlyEvents(inbox, id, ['dossier.created']);
  },
  // A server that stores the CV in a separate update.
  deliveryFault: sendExtraEvent(
    ({ type, data }) => type === 'dossier.created' && typeof data['cv_url'] === 'string',
    () => 'dossier.updated',
  ),
});

const creationOnce = defineRule({
  id: 'webhooks/creation-once',
  level: 'MUST',
  verifies: ['LG-WEB-010'],
  sentence: 'Creating a dossier sends `dossier.created` once, and no later request sends it again.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const created = await createDossiersInEveryFormat(org, inbox);
    // No later request creates it again.
    for (const { id, type } of created) {
      // A CV for a sales dossier is a decision.
      if (type === 'candidate') await uploadForm.succeed(context, org, id, aCv());
      await addNote(org, id, { content: 'Called.' });
      await archiveDossier(org, id);
      await updateDossier(org, id, { status: 'active' });
    }
    await waitForPendingEvents(org, inbox);
    for (const { id } of created) {
      const [, ...more] = eventsAbout(inbox, id, 'dossier.created');
      await expectNoEvents(context, inbox, more, `one dossier.created about ${id}`);
    }
  },
  // A server that sends one event for the dossier, and another for its CV.
  deliveryFault: sendExtraEvent(
    ({ type, data }) => type === 'dossier.updated' && typeof data['cv_url'] === 'string',
    () => 'dossier.created',
  ),
});

const creationForContact = defineRule({
  id: 'webhooks/creation-for-contact',
  level: 'MUST',
  verifies: ['LG-WEB-010'],
  sentence: 'Creating a dossier for an existing contact sends `dossier.created`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    for (const type of dossierTypes(context.contract)) {
      const email = await unusedEmail(org);
      const { id: contact_id } = await createContact(org, { full_name: 'Noor', email });
      const drafts = [
        { type, name: 'For a contact', contact_id },
        { type, name: 'For an address', email },
      ];
      for (const draft of drafts) {
        for (const body of [draft, formOf({ ...draft, name: `${draft.name}, by a form` })]) {
          const exchange = await org.all.send('createDossier', { body });
          // Whether the address of a contact is accepted is a decision (LG-DOS-064).
          if ('email' in draft && isPermittedRefusal(context, exchange, ['LG-DOS-064'])) continue;
          context.expect.success(exchange);
          await expectEvent(inbox, 'dossier.created', (dataOf(exchange.json) as Dossier).id);
        }
      }
    }
  },
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.created' && data['name'] === 'For a contact',
  ),
});

const simultaneous = defineRule({
  id: 'webhooks/simultaneous',
  level: 'MUST',
  verifies: ['LG-WEB-010', 'LG-WEB-012'],
  sentence: 'Every one of several simultaneous creations and updates sends its event.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const drafts = plainDossiers(8);
    const created = await Promise.all(drafts.map((draft) => createDossier(org, draft)));
    await Promise.all(
      created.map(({ id }, index) => updateDossier(org, id, { name: `Changed ${String(index)}` })),
    );
    for (const { id } of created) {
      context.about('LG-WEB-010');
      await expectEvent(inbox, 'dossier.created', id);
      context.about('LG-WEB-012');
      await expectEvent(inbox, 'dossier.updated', id);
    }
    context.about('LG-WEB-010');
    await waitForPendingEvents(org, inbox);
    for (const { id } of created) {
      const [, ...more] = eventsAbout(inbox, id, 'dossier.created');
      await expectNoEvents(context, inbox, more, `one dossier.created about ${id}`);
    }
  },
  // A server whose queue is too short.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['name'] === 'Changed 5',
  ),
});

export default [
  creation,
  creationAlone,
  creationOnce,
  creationForContact,
  simultaneous,
] satisfies readonly Rule[];
