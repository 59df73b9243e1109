import type { Variant } from '../variant.ts';
import { freedom } from './freedom.ts';

const onlyUuids = 'Ids of dossiers and notes are not among those that the tables call a uuid.';
const onlyReadable = 'A message has to be readable; only the code has to be stable.';
const onlyJson = 'An answer has to be JSON; how it travels is left to HTTP.';

/** How answers look, and how they travel. */
export const answerFreedoms: readonly Variant[] = [
  ...(['number', 'ulid', 'nanoid', 'mongo'] as const).map((ids) =>
    freedom([`ids-${ids}`, `Ids of dossiers and notes have the form ${ids}.`, onlyUuids], { ids }, [
      'LG-GEN-045',
    ]),
  ),
  freedom(['dutch-messages', 'Messages are in Dutch.', onlyReadable], { language: 'nl' }),
  freedom(
    ['numbered-messages', 'Each message tells the number of its request.', onlyReadable],
    { requestIdInMessage: true },
    ['LG-ERR-029', 'LG-ERR-030'],
  ),
  freedom(['ids-in-messages', 'Messages repeat the id that was not found.', onlyReadable], {
    echoIds: 'as-sent',
  }),
  freedom(['upper-case-in-messages', 'Messages repeat the id in capitals.', onlyReadable], {
    echoIds: 'upper-case',
  }),
  freedom(
    [
      'extra-headers',
      'Answers bear cookies and other headers.',
      'The documentation names headers that must be there, and forbids none.',
    ],
    { extraHeaders: true },
  ),
  freedom(['gzip', 'Answers are compressed.', onlyJson], { gzip: true }),
  freedom(['chunked', 'Answers come in chunks, without a length.', onlyJson], { chunked: true }),
  freedom(['indented', 'The JSON of answers is indented.', onlyJson], { pretty: true }),
  freedom(
    [
      'envelope',
      'A success has `error: null`, and a refusal `data: null`.',
      'The documentation shows what a body holds, and not that it holds nothing else.',
    ],
    { envelope: true },
    ['LG-GEN-006'],
  ),
  freedom(
    [
      'volatile-member',
      'Records have a further member that differs in every answer.',
      'Further members are not forbidden, nor that they change.',
    ],
    { volatileMember: true },
    ['LG-GEN-006'],
  ),
  freedom(
    [
      'member-by-key',
      'Records have a further member that differs by key.',
      'Further members are not forbidden, nor that they tell who asked.',
    ],
    { memberByKey: true },
    ['LG-GEN-006'],
  ),
  freedom(
    [
      'as-in-examples',
      'Answers hold the very members that the example of their operation shows.',
      'The examples are all that is told of what answers hold.',
    ],
    { asInExamples: true },
    ['LG-DOS-018', 'LG-CON-024', 'LG-FLO-021', 'LG-WEB-026', 'LG-WEB-027'],
  ),
];
