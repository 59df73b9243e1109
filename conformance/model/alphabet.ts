import fc from 'fast-check';
import type { Contract } from '../../openapi/contract.ts';
import type { Command } from './command.ts';
import { aContactChange, aDeletion, aNewContact, createContact } from './commands/contacts.ts';
import { aChange, aMove, anArchiving, anAssignment, aStatusChange } from './commands/dossiers.ts';
import { aLink, anUnlinking, aVainUnlinking } from './commands/links.ts';
import { aNewDossier, createDossier } from './commands/new-dossiers.ts';
import { aNote } from './commands/notes.ts';
import { aReading } from './commands/readings.ts';
import { anUpload, aVainUpload } from './commands/uploads.ts';

/** Commands, each as often as its number says. */
export const weighted = (
  ...some: readonly (readonly [number, fc.Arbitrary<Command>])[]
): fc.Arbitrary<Command> => fc.oneof(...some.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** What can be done with dossiers, contacts, links and notes by itself, whoever else is there. */
export const everyCommand = (contract: Contract): fc.Arbitrary<Command> =>
  weighted(
    [2, aNewDossier()],
    [2, aChange()],
    [2, aStatusChange(contract)],
    [2, aMove()],
    [1, anAssignment()],
    [1, anArchiving()],
    [1, anUpload()],
    [1, aVainUpload()],
    [1, aNewContact(contract)],
    [2, aContactChange(contract)],
    [1, aDeletion()],
    [3, aLink(contract)],
    [2, anUnlinking()],
    [1, aVainUnlinking()],
    [2, aNote()],
    [1, aReading()],
  );

/** A dossier of each type, and two contacts. */
export const someOfEach: readonly Command[] = [
  createContact({ full_name: 'Noor Bakker' }),
  createContact({ full_name: 'Iris Maas' }),
  createDossier({ draft: { type: 'candidate', name: 'Noor' } }),
  createDossier({ draft: { type: 'sales', name: 'Tulp' }, contact: 1 }),
];
