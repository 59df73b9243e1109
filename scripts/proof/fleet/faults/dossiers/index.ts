import type { Fault } from '../../fault.ts';
import { archiving } from './archiving.ts';
import { changes } from './changes.ts';
import { creations } from './creations.ts';
import { details } from './details.ts';
import { fieldsApart } from './fields-apart.ts';
import { fields } from './fields.ts';
import { firstStage } from './first-stage.ts';
import { lists } from './lists.ts';
import { lostDetails } from './lost-details.ts';
import { misreadings } from './misreadings.ts';
import { moves } from './moves.ts';
import { pages } from './pages.ts';
import { people } from './people.ts';
import { stages } from './stages.ts';
import { statuses } from './statuses.ts';
import { types } from './types.ts';

export const dossiers: readonly Fault[] = [
  ...types,
  ...stages,
  ...firstStage,
  ...lists,
  ...pages,
  ...creations,
  ...misreadings,
  ...details,
  ...lostDetails,
  ...people,
  ...changes,
  ...fieldsApart,
  ...fields,
  ...statuses,
  ...moves,
  ...archiving,
];
