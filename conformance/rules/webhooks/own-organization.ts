import { defineRule, type Liar } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { eventsAbout, letPass, listen } from '../../world/events.ts';
import { causeEvery } from '../../world/every-event.ts';

/** Does everything in the organisation of the first key that it saw. */
const mixOrganizationsUp: Liar = (fetch) => {
  let first: string | undefined;
  return (request) => {
    const headers = new Headers(request.headers);
    first ??= headers.get('authorization') ?? undefined;
    if (first !== undefined) headers.set('authorization', first);
    return fetch(new Request(request, { headers }));
  };
};

export default defineRule({
  id: 'webhooks/own-organization',
  level: 'MUST',
  verifies: ['LG-WEB-024'],
  sentence: 'An endpoint gets no events of another organisation.',
  needs: ['webhooks', 'second-organization'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    await letPass(home, inbox);
    const other = await world.organization({ second: true });
    const elsewhere = await causeEvery(world, other, 'Noor Bakker');
    // The twin: what is caused here does come.
    await letPass(home, inbox);
    const found = elsewhere.flatMap(({ id }) => eventsAbout(inbox, id));
    await expectNone(world, inbox, found, 'no event of another organisation');
  },
  liar: mixOrganizationsUp,
});
