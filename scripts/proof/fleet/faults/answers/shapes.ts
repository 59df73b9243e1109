import { onAnswer, onPage } from '../../../../../conformance/liars/answers.ts';
import { notFound } from '../../../../../reference-server/http/refusal.ts';
import { before } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

export const shapes: readonly Fault[] = [
  inHandlers(
    'answers/stages-not-served',
    'LG-GEN-001',
    'does not know the path of the stages of a flow',
    before('listFlowStages', () => {
      throw notFound('Path');
    }),
  ),
  onWire(
    'answers/no-change-of-contacts',
    'LG-GEN-001',
    'has no PATCH for contacts',
    onAnswer(['updateContact'], (answer) => {
      answer.status = 405;
      answer.body = { error: { code: 'method_not_allowed', message: 'Use PUT.' } };
    }),
  ),
  onWire(
    'answers/plain-refusals',
    'LG-GEN-003',
    'refuses in plain text who lacks a scope',
    onAnswer('all', (answer) => {
      if (answer.status !== 403) return;
      answer.headers.set('content-type', 'text/plain');
      answer.body = 'Forbidden';
    }),
  ),
  onWire(
    'answers/nothing-after-deletion',
    'LG-GEN-003',
    'answers a deletion without a body',
    onAnswer(['deleteContact'], (answer) => {
      if (answer.status === 200) answer.body = '';
    }),
  ),
  onWire(
    'answers/bare-note',
    'LG-GEN-005',
    'answers a new note without data around it',
    onAnswer(['createDossierNote'], (answer) => {
      if (answer.status < 300) answer.body = (answer.body as { data: unknown }).data;
    }),
  ),
  onWire(
    'answers/null-for-nothing',
    'LG-GEN-005',
    'has null in place of an empty list of dossiers',
    onPage(['listDossiers'], (page) => {
      if (page.data.length === 0) Object.assign(page, { data: null });
    }),
  ),
  onWire(
    'answers/single-item-alone',
    'LG-GEN-005',
    'takes the list away from around a single contact of a dossier',
    onPage(['listDossierContacts'], (page) => {
      if (page.data.length === 1) Object.assign(page, { data: page.data[0] });
    }),
  ),
];
