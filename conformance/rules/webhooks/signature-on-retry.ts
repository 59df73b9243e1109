import { onReceiver } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, isAbout } from '../../world/events.ts';
import { attemptPatienceOf, refuseFirst } from '../../world/attempts.ts';
import { expectSigned } from '../../world/signed.ts';

export default defineRule({
  id: 'webhooks/signature-on-retry',
  level: 'MUST',
  verifies: ['LG-SIG-003'],
  sentence: 'Each attempt that is made carries a signature of its own timestamp and body.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const inbox = await home.inbox(refuseFirst(1));
    const { id } = await home.createDossier({ type: 'candidate', name: 'Sent twice' });
    await expectEvent(inbox, 'dossier.created', id);
    const attempts = () => inbox.deliveries().filter(isAbout('dossier.created', id));
    // Whether there is a second attempt is a matter of decisions (LG-WEB-039).
    await inbox.find(() => attempts().length > 1, attemptPatienceOf(inbox));
    for (const attempt of attempts()) {
      inbox.show(attempt);
      expectSigned(world, attempt, inbox.secret);
    }
  },
  // A server that tells the moment of another attempt, and signs none but the first.
  deliveryLiar: onReceiver((receiver) => {
    let signed: string | undefined;
    return {
      ...receiver,
      receive: (delivery) => {
        const { 'x-leadgrid-signature': own = '', ...others } = delivery.headers;
        const first = (signed ??= own);
        const bent = own === first ? own : own.replace(/v1=\w+/, /v1=\w+/.exec(first)?.[0] ?? '');
        receiver.receive({ ...delivery, headers: { ...others, 'x-leadgrid-signature': bent } });
      },
    };
  }),
});
