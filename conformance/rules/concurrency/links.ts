import { expectConcurrentSuccess, repeat, sendConcurrently } from '../../assertions/concurrency.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { rolesOnDossier } from '../../contract/resources.ts';
import { idsIn } from '../../faults/applied-requests.ts';
import { onOverlap } from '../../faults/concurrency.ts';
import { type Fault, onData, onPage } from '../../faults/inject.ts';
import { createContact, createContacts, retrieveContact } from '../../fixtures/contacts.ts';
import { createDossiers } from '../../fixtures/dossiers.ts';
import { contactsOfDossier } from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

/** A server that keeps the contacts of a dossier in one field, so that the last write wins. */
const lastListWins: Fault = (fetch, name) => {
  const lost = new Map<unknown, Set<unknown>>();
  const note = onOverlap(['linkDossierContact'], ({ sent, request }) => {
    const [dossier] = idsIn(request.url);
    lost.set(dossier, (lost.get(dossier) ?? new Set()).add(sent['contact_id']));
    return undefined;
  });
  const show = onPage(['listDossierContacts'], (page, url) => {
    const [, ...gone] = lost.get(idsIn(url.href)[0]) ?? [];
    page.data.splice(0, Infinity, ...page.data.filter((one) => !gone.includes(one['contact_id'])));
  });
  return show(note(fetch, name), name);
};

const parallelLinks = defineRule({
  id: 'concurrency/parallel-links',
  level: 'MUST',
  verifies: ['LG-LNK-002', 'LG-LNK-004', 'LG-LNK-010'],
  sentence:
    'Contacts that are linked to a dossier simultaneously are all linked, each with its role.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const [dossier] = await createDossiers(org, [{ type: 'sales', name: 'With many contacts' }]);
    const id = dossier?.id ?? '';
    const before = await contactsOfDossier(org, id);
    // A contact with the role primary may become the primary contact (LG-LNK-017).
    const roles = rolesOnDossier(context.contract).filter((role) => role !== 'primary');
    const contacts = await createContacts(org, plainContacts(roles.length));
    const drafts = roles.map((role_on_dossier, index) => ({
      ...{ contact_id: contacts[index]?.id ?? '', role_on_dossier },
    }));
    const sends = drafts.map(
      (body) => () => org.all.send('linkDossierContact', { path: { id }, body }),
    );
    context.about('LG-LNK-010');
    await expectConcurrentSuccess(context, sends);
    context.about('LG-LNK-002', 'LG-LNK-004');
    const shown = await contactsOfDossier(org, id);
    expectEqual(shown.length, before.length + drafts.length, 'the number of contacts');
    context.about('LG-LNK-010');
    const roleOf = new Map(shown.map((one) => [one.contact_id, one.role_on_dossier]));
    for (const { contact_id, role_on_dossier } of drafts) {
      expectEqual(roleOf.get(contact_id), role_on_dossier, `the role of ${contact_id}`);
    }
  },
  fault: lastListWins,
});

/** A server that checks whether a contact is linked before it links it, without a lock. */
const linkTwice: Fault = (fetch, name) => {
  const raced = new Set<unknown>();
  const note = onOverlap(['linkDossierContact'], ({ sent }) => {
    raced.add(sent['contact_id']);
    return undefined;
  });
  const show = onPage(['listDossierContacts'], (page) => {
    page.data.push(...page.data.filter((one) => raced.has(one['contact_id'])));
  });
  return show(note(fetch, name), name);
};

const sameLink = defineRule({
  id: 'concurrency/same-link',
  level: 'SHOULD',
  verifies: ['LG-LNK-026'],
  sentence: 'A contact that is linked to a dossier several times simultaneously is listed once.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const [dossier] = await createDossiers(org, [{ type: 'sales', name: 'Linked once' }]);
    const id = dossier?.id ?? '';
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const body = { contact_id, role_on_dossier: 'champion' };
    const send = () => org.all.send('linkDossierContact', { path: { id }, body });
    await sendConcurrently(
      context,
      repeat(5, () => send),
    );
    const found = (await contactsOfDossier(org, id)).filter((one) => one.contact_id === contact_id);
    expectEqual(found.length, 1, 'how often the contact is listed');
    const { dossier_count } = await retrieveContact(org, contact_id);
    expectEqual(dossier_count, 1, 'the dossier_count');
  },
  fault: linkTwice,
});

/**
 * A server that reads a counter, adds one and writes it, so that simultaneous changes count once.
 */
const countTogether: Fault = (fetch, name) => {
  const missed = new Map<unknown, number>();
  const note = onOverlap(['linkDossierContact'], ({ sent }) => {
    missed.set(sent['contact_id'], (missed.get(sent['contact_id']) ?? -1) + 1);
    return undefined;
  });
  const show = onData(['getContact'], (contact) => {
    const less = missed.get(contact['id']) ?? 0;
    contact['dossier_count'] = Number(contact['dossier_count']) - less;
  });
  return show(note(fetch, name), name);
};

const dossierCount = defineRule({
  id: 'concurrency/dossier-count',
  level: 'MUST',
  verifies: ['LG-CON-053', 'LG-CON-003'],
  sentence: 'The `dossier_count` of a contact is correct after simultaneous linking and unlinking.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const dossiers = await createDossiers(org, plainDossiers(6));
    const link = (dossier: { readonly id: string }) => () => {
      const body = { contact_id, role_on_dossier: 'champion' };
      return org.all.send('linkDossierContact', { path: { id: dossier.id }, body });
    };
    const unlink = (dossier: { readonly id: string }) => () =>
      org.all.send('unlinkDossierContact', { path: { id: dossier.id, contact_id } });
    const expectCount = async (count: number) => {
      context.about('LG-CON-053');
      const { dossier_count } = await retrieveContact(org, contact_id);
      expectEqual(dossier_count, count, 'the dossier_count');
    };
    const all = async (sends: readonly ReturnType<typeof link>[]) => {
      context.about('LG-CON-003');
      for (const exchange of (await sendConcurrently(context, sends)).lost)
        context.expect.success(exchange);
    };
    await all(dossiers.map(link));
    await expectCount(dossiers.length);
    await all(dossiers.slice(0, 3).map(unlink));
    await expectCount(dossiers.length - 3);
    await all([...dossiers.slice(0, 2).map(link), ...dossiers.slice(3).map(unlink)]);
    await expectCount(2);
  },
  fault: countTogether,
});

/** A server that keeps links that were made while their contact was deleted. */
const leaveOrphans: Fault = (fetch, name) => {
  const orphans = new Set<string>();
  const note = onOverlap(['linkDossierContact', 'deleteContact'], ({ sent }) => {
    if (typeof sent['contact_id'] === 'string') orphans.add(sent['contact_id']);
    return undefined;
  });
  const show = onPage(['listDossierContacts'], (page) => {
    for (const contact_id of orphans) {
      page.data.push({ contact_id, full_name: '', role_on_dossier: 'other', is_primary: false });
    }
  });
  return show(note(fetch, name), name);
};

const deletionBesideLinking = defineRule({
  id: 'concurrency/deletion-beside-linking',
  level: 'MUST',
  verifies: ['LG-CON-074', 'LG-CON-076'],
  sentence: 'A contact that is deleted and linked simultaneously is deleted, and is on no dossier.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const dossiers = await createDossiers(org, plainDossiers(4));
    for (let round = 1; round <= 3; round += 1) {
      const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
      const links = dossiers.map(({ id }) => () => {
        const body = { contact_id, role_on_dossier: 'champion' };
        return org.all.send('linkDossierContact', { path: { id }, body });
      });
      const remove = () => org.all.send('deleteContact', { path: { id: contact_id } });
      context.about('LG-CON-074');
      const { lost } = await sendConcurrently(context, [
        ...links.slice(0, 2),
        remove,
        ...links.slice(2),
      ]);
      for (const exchange of lost) {
        // A link after the deletion is refused.
        if (exchange.operation === 'deleteContact') context.expect.success(exchange);
        else expectPermittedRefusal(context, exchange, ['LG-LNK-013', 409]);
      }
      context.expect.refusal(await org.all.send('getContact', { path: { id: contact_id } }), 404);
      context.about('LG-CON-076');
      for (const { id } of dossiers) {
        const ids = (await contactsOfDossier(org, id)).map((one) => one.contact_id);
        expectEqual(ids.includes(contact_id), false, `whether the deleted contact is on ${id}:`);
      }
    }
  },
  fault: leaveOrphans,
});

export default [
  parallelLinks,
  sameLink,
  dossierCount,
  deletionBesideLinking,
] satisfies readonly Rule[];
