import type { Rule } from '../../rule.ts';
import answer from './answer.ts';
import archived from './archived.ts';
import belongings from './belongings.ts';
import changed from './changed.ts';
import keptContacts from './kept-contacts.ts';
import keptFields from './kept-fields.ts';
import keptNotes from './kept-notes.ts';
import listedWithoutStatus from './listed-without-status.ts';
import listed from './listed.ts';
import oneDossier from './one-dossier.ts';
import restored from './restored.ts';
import retrievable from './retrievable.ts';
import twice from './twice.ts';
import wholeAnswer from './whole-answer.ts';

/** The rules of the area archiving. */
export const archiving: readonly Rule[] = [
  answer,
  archived,
  belongings,
  changed,
  keptContacts,
  keptFields,
  keptNotes,
  listedWithoutStatus,
  listed,
  oneDossier,
  restored,
  retrievable,
  twice,
  wholeAnswer,
];
