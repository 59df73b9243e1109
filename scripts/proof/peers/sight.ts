import { readContract } from '../../../openapi/contract.ts';
import { handlers } from '../../../reference-server/handlers.ts';
import { createState } from '../../../reference-server/state/state.ts';
import type { Fault } from '../fleet/fault.ts';
import type { Sight } from './peer.ts';

/** Why a tool can't meet a fault; undefined when it can. */
export const whyUnseen = ({ bend }: Fault, { deliveries, keys }: Sight): string | undefined => {
  const bent = bend({ contract: readContract(), state: createState(), own: handlers });
  if (bent.control !== undefined && !keys) return keysAlone;
  const answersAsHonest = bent.wire === undefined && bent.handlers === undefined;
  if (bent.deliver !== undefined && answersAsHonest && !deliveries) return deliveriesAlone;
  return undefined;
};

const deliveriesAlone =
  'Only what the server sends by itself is wrong, and it looks at none of that.';

const keysAlone =
  'Only what a person is given as a key is wrong, and it has its keys from elsewhere.';
