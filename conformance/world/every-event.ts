import type { EventType } from '../../openapi/contract.ts';
import { archive } from './archive.ts';
import type { Delivery } from './deliveries.ts';
import { expectEvent, listen } from './events.ts';
import type { Inbox } from './inbox.ts';
import { createMovable, move } from './moves.ts';
import { addNote } from './notes.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/** An event that something in an organisation has caused. */
export interface Caused {
  readonly type: EventType;
  /** Of the dossier or note that it is about. */
  readonly id: string;
}

/** Causes an event of every type, with this text in dossier and note. */
export const causeEvery = async (
  world: Pick<World, 'expect'>,
  home: Organization,
  text: string,
): Promise<readonly Caused[]> => {
  const movable = await createMovable(home, text);
  const { id } = movable;
  await move(world, home, movable);
  const note = await addNote(world, home, id, { content: text });
  await archive(world, home, id);
  const causes: Readonly<Record<EventType, string>> = {
    'dossier.created': id,
    'dossier.updated': id,
    'dossier.stage_changed': id,
    'dossier.deleted': id,
    'note.created': note.id,
  };
  return Object.entries(causes).map(([type, subject]) => ({
    type: type as EventType,
    id: subject,
  }));
};

/** An event of every type, as it was delivered. */
export const receiveEvery = async (
  world: Pick<World, 'expect' | 'organization'>,
  text = 'Noor Bakker',
): Promise<{ inbox: Inbox; caused: readonly Caused[]; deliveries: readonly Delivery[] }> => {
  const { home, inbox } = await listen(world);
  const caused = await causeEvery(world, home, text);
  const deliveries: Delivery[] = [];
  for (const { type, id } of caused) {
    if (inbox.types.includes(type)) deliveries.push(await expectEvent(inbox, type, id));
  }
  return { inbox, caused, deliveries };
};
