import type { Fault } from '../../fault.ts';
import { addresses } from './addresses.ts';
import { changes } from './changes.ts';
import { counts } from './counts.ts';
import { deletion } from './deletion.ts';
import { fields } from './fields.ts';
import { found } from './found.ts';
import { kinds } from './kinds.ts';
import { lists } from './lists.ts';
import { misreadings } from './misreadings.ts';
import { ownAddresses } from './own-addresses.ts';
import { pool } from './pool.ts';
import { races } from './races.ts';
import { search } from './search.ts';
import { texts } from './texts.ts';

export const contacts: readonly Fault[] = [
  ...kinds,
  ...fields,
  ...texts,
  ...misreadings,
  ...lists,
  ...pool,
  ...search,
  ...found,
  ...addresses,
  ...races,
  ...ownAddresses,
  ...counts,
  ...changes,
  ...deletion,
];
