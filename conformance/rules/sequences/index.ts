import type { Rule } from '../../rule.ts';
import addressThroughChanges from './address-through-changes.ts';
import archiveAndRestore from './archive-and-restore.ts';
import cvThroughChanges from './cv-through-changes.ts';
import decisionsHold from './decisions-hold.ts';
import dossierCountThroughChanges from './dossier-count-through-changes.ts';
import everythingAgrees from './everything-agrees.ts';
import isolationThroughChanges from './isolation-through-changes.ts';
import listsThroughChanges from './lists-through-changes.ts';
import notesThroughChanges from './notes-through-changes.ts';
import onePrimaryThroughChanges from './one-primary-through-changes.ts';
import refusalsLeaveNothing from './refusals-leave-nothing.ts';
import scopesThroughChanges from './scopes-through-changes.ts';
import searchThroughChanges from './search-through-changes.ts';
import stageThroughChanges from './stage-through-changes.ts';

/** The rules of the area sequences. */
export const sequences: readonly Rule[] = [
  addressThroughChanges,
  archiveAndRestore,
  cvThroughChanges,
  decisionsHold,
  dossierCountThroughChanges,
  everythingAgrees,
  isolationThroughChanges,
  listsThroughChanges,
  notesThroughChanges,
  onePrimaryThroughChanges,
  refusalsLeaveNothing,
  scopesThroughChanges,
  searchThroughChanges,
  stageThroughChanges,
];
