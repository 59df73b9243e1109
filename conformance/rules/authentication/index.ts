import type { Rule } from '../../rule.ts';
import allKeysAlike from './all-keys-alike.ts';
import expiredKey from './expired-key.ts';
import expiryInstant from './expiry-instant.ts';
import foreignPrefix from './foreign-prefix.ts';
import forms from './forms.ts';
import keyElsewhere from './key-elsewhere.ts';
import longExpired from './long-expired.ts';
import missingKey from './missing-key.ts';
import noEffect from './no-effect.ts';
import noExpiry from './no-expiry.ts';
import oneOrganization from './one-organization.ts';
import otherScheme from './other-scheme.ts';
import schemeCase from './scheme-case.ts';
import severalKeys from './several-keys.ts';
import unexpiredKey from './unexpired-key.ts';
import unknownKey from './unknown-key.ts';

/** The rules of the area authentication. */
export const authentication: readonly Rule[] = [
  allKeysAlike,
  expiredKey,
  expiryInstant,
  foreignPrefix,
  forms,
  keyElsewhere,
  longExpired,
  missingKey,
  noEffect,
  noExpiry,
  oneOrganization,
  otherScheme,
  schemeCase,
  severalKeys,
  unexpiredKey,
  unknownKey,
];
