import {
  attemptPatienceOf,
  expectAttempts,
  expectValidSignature,
  refuseFirst,
  requireSignatureParts,
} from '../../assertions/deliveries.ts';
import {
  expectEvent,
  isAbout,
  listenForEvents,
  receiveEveryEvent,
} from '../../assertions/events.ts';
import { serverClockOf } from '../../assertions/timestamps.ts';
import { expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  deliverToOthers,
  eventOfDelivery,
  onDelivery,
  onHeader,
  onReceiver,
} from '../../faults/deliveries.ts';
import { createDossier, updateDossier } from '../../fixtures/dossiers.ts';
import { addNote } from '../../fixtures/links-and-notes.ts';
import { aText, awkwardTexts } from '../../generators/values.ts';
import { flawOfSignature, signatureOf } from '../../webhooks/signature.ts';

const signature = defineRule({
  id: 'webhooks/signature',
  level: 'MUST',
  verifies: ['LG-SIG-003', 'LG-SIG-004'],
  sentence:
    'The signature is the HMAC-SHA256 of timestamp and body with the secret of the endpoint.',
  needs: ['webhooks'],
  check: async (context) => {
    const every = await receiveEveryEvent(context);
    for (const delivery of every.deliveries)
      expectValidSignature(context, delivery, every.inbox.secret);
    const { org, inbox } = await listenForEvents(context);
    await context.property([aText(), aText()], async (name, content) => {
      const { id } = await createDossier(org, { type: 'candidate', name });
      expectValidSignature(context, await expectEvent(inbox, 'dossier.created', id), inbox.secret);
      const note = await addNote(org, id, { content });
      expectValidSignature(
        context,
        await expectEvent(inbox, 'note.created', note.id),
        inbox.secret,
      );
    });
  },
  // A server that signs another timestamp than it sends.
  deliveryFault: onHeader('x-leadgrid-signature', (header) =>
    header.replace(/t=(\d+)/, (_, seconds) => `t=${String(Number(seconds) + 1)}`),
  ),
});

const signedBytes = defineRule({
  id: 'webhooks/signed-bytes',
  level: 'MUST',
  verifies: ['LG-SIG-006'],
  sentence:
    'The signed body is byte for byte the body that is sent, whatever the script of its strings.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const see = async (text: string) => {
      const deal = { deal_size: 0.1, deal_currency: 'EUR' };
      const { id } = await createDossier(org, { type: 'sales', name: text, ...deal });
      await updateDossier(org, id, { company: text, intake_notes: `${text}\n"${text}"` });
      const note = await addNote(org, id, { content: text });
      for (const delivery of [
        await expectEvent(inbox, 'dossier.created', id),
        await expectEvent(inbox, 'dossier.updated', id),
        await expectEvent(inbox, 'note.created', note.id),
      ]) {
        expectValidSignature(context, delivery, inbox.secret);
      }
    };
    // One by one, so that no text is so long that a target may refuse it (LG-GEN-042).
    for (const text of awkwardTexts) await see(text);
    await context.property([aText()], see, 8);
  },
  // A server that signs the body before it escapes letters outside ASCII.
  deliveryFault: onDelivery((delivery) => {
    const text = JSON.stringify(eventOfDelivery(delivery));
    const escaped = text.replaceAll(/[\u0080-\uffff]/g, (letter) => {
      const code = letter.charCodeAt(0).toString(16);
      return `\\u${code.padStart(4, '0')}`;
    });
    return [{ ...delivery, body: new TextEncoder().encode(escaped) }];
  }),
});

const signatureByEndpoint = defineRule({
  id: 'webhooks/signature-by-endpoint',
  level: 'MUST',
  verifies: ['LG-SIG-004'],
  sentence:
    "Deliveries to an endpoint are signed with the secret of that endpoint, even if it isn't the first one.",
  needs: ['webhooks', 'own-endpoints'],
  check: async (context) => {
    const org = await context.organization();
    const [first, second] = [await org.inbox(), await org.inbox()];
    const { id } = await createDossier(org, { type: 'candidate', name: 'Sent to two endpoints' });
    // Whether the second endpoint replaces the first is a decision.
    await expectEvent(second, 'dossier.created', id);
    await second.settle();
    for (const inbox of [first, second]) {
      for (const delivery of inbox.deliveries().filter(isAbout('dossier.created', id))) {
        inbox.show(delivery);
        expectValidSignature(context, delivery, inbox.secret);
      }
    }
  },
  // A server with one secret for all endpoints.
  deliveryFault: deliverToOthers((from) => from === 0),
});

const ownSecrets = defineRule({
  id: 'webhooks/own-secrets',
  level: 'SHOULD',
  verifies: ['LG-SIG-011'],
  sentence: 'Each endpoint has its own secret, and only that secret verifies its deliveries.',
  needs: ['webhooks', 'own-endpoints'],
  check: async (context) => {
    const org = await context.organization();
    const [one, other] = [await org.inbox(), await org.inbox()];
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    for (const [inbox, unknownCaller] of [
      [one, other],
      [other, one],
    ] as const) {
      const delivery = await expectEvent(inbox, 'dossier.created', id);
      const header = signatureOf(context, delivery);
      const flaw = flawOfSignature({ header, body: delivery.body, secret: unknownCaller.secret });
      const expected = 'a signature that the secret of the other endpoint does not verify';
      expectThat(flaw !== undefined, expected, () => header ?? 'none');
      expectValidSignature(context, delivery, inbox.secret);
    }
  },
  // A server with one secret for all endpoints.
  deliveryFault: deliverToOthers((from) => from === 0),
});

const signatureOnRetry = defineRule({
  id: 'webhooks/signature-on-retry',
  level: 'MUST',
  verifies: ['LG-SIG-003'],
  sentence: 'Each attempt has a valid signature of its own timestamp and body.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const inbox = await org.inbox(refuseFirst(1));
    const { id } = await createDossier(org, { type: 'candidate', name: 'Sent twice' });
    await expectEvent(inbox, 'dossier.created', id);
    const attempts = () => inbox.deliveries().filter(isAbout('dossier.created', id));
    // Whether there is a second attempt is a decision (LG-WEB-039).
    await inbox.find(() => attempts().length > 1, attemptPatienceOf(inbox));
    for (const attempt of attempts()) {
      inbox.show(attempt);
      expectValidSignature(context, attempt, inbox.secret);
    }
  },
  // A server that signs only the first attempt, but updates the timestamp.
  deliveryFault: onReceiver((receiver) => {
    let signed: string | undefined;
    return {
      ...receiver,
      receive: (delivery) => {
        const { 'x-leadgrid-signature': own = '', ...others } = delivery.headers;
        const first = (signed ??= own);
        const altered =
          own === first ? own : own.replace(/v1=\w+/, /v1=\w+/.exec(first)?.[0] ?? '');
        receiver.receive({ ...delivery, headers: { ...others, 'x-leadgrid-signature': altered } });
      },
    };
  }),
});

const signatureMoment = defineRule({
  id: 'webhooks/signature-moment',
  level: 'SHOULD',
  verifies: ['LG-SIG-009'],
  sentence: 'Each attempt has its own timestamp and signature.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const inbox = await org.inbox(refuseFirst(1));
    const clock = async () =>
      serverClockOf(await org.all.send('listDossiers', { query: { per_page: '1' } }));
    const before = await clock();
    const { id } = await createDossier(org, { type: 'candidate', name: 'Sent twice' });
    const attempts = await expectAttempts(inbox, 'dossier.created', id, 2);
    const after = await clock();
    const moments = attempts.map((attempt) => Number(requireSignatureParts(context, attempt).t));
    for (const attempt of attempts) expectValidSignature(context, attempt, inbox.secret);
    const [first = NaN, second = NaN] = moments;
    // The timestamp has whole seconds.
    const off = first * 1000 < before - 1000 || second * 1000 > after + 1000;
    expectThat(!off, "the times of the attempts by the server's clock", () => moments);
    const [one, other] = attempts;
    const apart = (other?.arrivedAt ?? 0) - (one?.arrivedAt ?? 0);
    const isLater = apart < 1000 || second > first;
    expectThat(isLater, 'a later timestamp on the second attempt', () => moments);
  },
  // A server that signs an event once, when it is stored.
  deliveryFault: onReceiver((receiver) => {
    let signature: string | undefined;
    return {
      ...receiver,
      receive: (delivery) => {
        signature ??= delivery.headers['x-leadgrid-signature'] ?? '';
        const headers = { ...delivery.headers, 'x-leadgrid-signature': signature };
        receiver.receive({ ...delivery, headers });
      },
    };
  }),
});

export default [
  signature,
  signedBytes,
  signatureByEndpoint,
  ownSecrets,
  signatureOnRetry,
  signatureMoment,
] satisfies readonly Rule[];
