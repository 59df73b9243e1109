import type { Rule } from '../../rule.ts';
import acceptHeader from './accept-header.ts';
import bodyObject from './body-object.ts';
import bodySize from './body-size.ts';
import brokenEscape from './broken-escape.ts';
import jsonSpellings from './json-spellings.ts';
import malformedPathId from './malformed-path-id.ts';
import malformedUuid from './malformed-uuid.ts';
import mediaTypeParameters from './media-type-parameters.ts';
import noMediaType from './no-media-type.ts';
import noUtf8 from './no-utf8.ts';
import nullField from './null-field.ts';
import nullForNothing from './null-for-nothing.ts';
import nullInRequired from './null-in-required.ts';
import oddCharacters from './odd-characters.ts';
import otherMediaType from './other-media-type.ts';
import repeatedParameter from './repeated-parameter.ts';
import unknownField from './unknown-field.ts';
import unknownParameter from './unknown-parameter.ts';
import valueCase from './value-case.ts';
import wrongType from './wrong-type.ts';

/** The rules of the area requests. */
export const requests: readonly Rule[] = [
  acceptHeader,
  bodyObject,
  bodySize,
  brokenEscape,
  jsonSpellings,
  malformedPathId,
  malformedUuid,
  mediaTypeParameters,
  noMediaType,
  noUtf8,
  nullField,
  nullForNothing,
  nullInRequired,
  oddCharacters,
  otherMediaType,
  repeatedParameter,
  unknownField,
  unknownParameter,
  valueCase,
  wrongType,
];
