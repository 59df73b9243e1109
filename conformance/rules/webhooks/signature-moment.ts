import { onReceiver } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectAttempts, refuseFirst } from '../../world/attempts.ts';
import { expectThat } from '../../world/expectations.ts';
import { expectParts, expectSigned } from '../../world/signed.ts';
import { clockOf } from '../../world/server-clock.ts';

export default defineRule({
  id: 'webhooks/signature-moment',
  level: 'SHOULD',
  verifies: ['LG-SIG-009'],
  sentence: 'Each attempt is signed anew, with the moment at which it is made.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const inbox = await home.inbox(refuseFirst(1));
    const clock = async () =>
      clockOf(await home.all.send('listDossiers', { query: { per_page: '1' } }));
    const before = await clock();
    const { id } = await home.createDossier({ type: 'candidate', name: 'Sent twice' });
    const attempts = await expectAttempts(inbox, 'dossier.created', id, 2);
    const after = await clock();
    const moments = attempts.map((attempt) => Number(expectParts(world, attempt).t));
    for (const attempt of attempts) expectSigned(world, attempt, inbox.secret);
    const [first = NaN, second = NaN] = moments;
    // The clock is told to the second.
    const off = first * 1000 < before - 1000 || second * 1000 > after + 1000;
    expectThat(!off, 'the moments of the attempts by the clock of the server', () => moments);
    const [one, other] = attempts;
    const apart = (other?.arrivedAt ?? 0) - (one?.arrivedAt ?? 0);
    const anew = apart < 1000 || second > first;
    expectThat(anew, 'a later timestamp on the second attempt', () => moments);
  },
  // A server that signs once, when the event is written down.
  deliveryLiar: onReceiver((receiver) => {
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
