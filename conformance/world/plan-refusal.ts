import { expectRefusedBesideTwin } from './twins.ts';
import type { World } from './world.ts';

/**
 * Every operation that can be called without anything in the organisation is refused there for its
 * plan; what names a dossier or a contact might rightly be answered 404 instead.
 */
export const expectRefusedForPlan = async (world: World, plan: string): Promise<void> => {
  const paying = await world.organization();
  const client = await (await world.organization({ plan })).client();
  for (const { id, parameters } of world.operations) {
    if (parameters.some((parameter) => parameter.in === 'path')) continue;
    const send = client.send.bind(client, id);
    await expectRefusedBesideTwin(world, paying, id, send, [402]);
  }
};
