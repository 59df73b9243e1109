import type { Fault } from '../../fault.ts';
import { enough } from './enough.ts';
import { expiry } from './expiry.ts';
import { issued } from './issued.ts';
import { keys } from './keys.ts';
import { keysApart } from './keys-apart.ts';
import { needed } from './needed.ts';
import { places } from './places.ts';
import { scopes } from './scopes.ts';
import { tenants } from './tenants.ts';

export const authentication: readonly Fault[] = [
  ...keys,
  ...issued,
  ...places,
  ...expiry,
  ...tenants,
  ...keysApart,
  ...scopes,
  ...needed,
  ...enough,
];
