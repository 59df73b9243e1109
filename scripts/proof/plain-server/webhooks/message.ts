import type { Installation } from '../installation.ts';
import { writeMoment } from '../moments.ts';
import { showDossier } from '../views/dossier.ts';
import { only, type Shown } from '../views/members.ts';
import { showNote } from '../views/parts.ts';
import type { Happening } from './causes.ts';

/** An event as it is written for one endpoint. */
export interface Message {
  readonly id: string;
  readonly type: string;
  /** Writes the body; what it tells may be of now or of the moment of the change. */
  readonly write: () => string;
}

/** Prepares an event; `newId` gives its id, anew for each endpoint or attempt where that is done. */
export const prepare = (
  installation: Installation,
  happening: Happening,
  newId: () => string,
): Message => {
  const { takes, now } = installation;
  const [id, happenedAt] = [newId(), now()];
  const then = dataOf(installation, happening);
  const fresh = takes('LG-WEB-005', 1);
  const write = (): string => {
    const late = takes('LG-WEB-008', 1);
    const data = takes('LG-WEB-026', 2) ? dataOf(installation, happening) : then;
    return layOut(installation, {
      id: fresh ? newId() : id,
      type: happening.type,
      created_at: writeMoment(installation, late ? now() : happenedAt),
      ...(installation.freedoms.deliveries?.extraFields && { api_version: '2026-04', attempt: {} }),
      data,
    });
  };
  return { id, type: happening.type, write };
};

const dataOf = (installation: Installation, happening: Happening): Shown => {
  const { takes, freedoms } = installation;
  const { dossier, note, fields } = happening;
  const whole = note
    ? showNote({ installation }, dossier, note)
    : showDossier({ installation }, dossier, 'event');
  const terse = takes(note ? 'LG-WEB-027' : 'LG-WEB-026', 1) || freedoms.asInExamples;
  const data = terse ? only(whole, ['id', ...fields]) : whole;
  return freedoms.deliveries?.extraFields ? { ...data, organization: { name: 'Home' } } : data;
};

/** Any layout is right, since what is signed is what is sent (LG-SIG-006). */
const layOut = ({ freedoms }: Installation, event: Shown): string => {
  switch (freedoms.deliveries?.layout) {
    case 'indented':
      return `${JSON.stringify(event, null, 2)}\n`;
    case 'keys-reversed':
      return JSON.stringify(reversed(event));
    case 'escaped':
      return JSON.stringify(event).replace(/[^\x20-\x7e]/g, escape);
    case 'compact':
    case undefined:
      return JSON.stringify(event);
  }
};

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, reversed(one)] as const);
  return Object.fromEntries(entries.reverse());
};
