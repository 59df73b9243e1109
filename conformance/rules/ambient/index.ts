import type { Rule } from '../../rule.ts';
import clientsError from './clients-error.ts';
import contentType from './content-type.ts';
import decidedStatus from './decided-status.ts';
import deliveryCreatedAt from './delivery-created-at.ts';
import deliveryData from './delivery-data.ts';
import deliveryId from './delivery-id.ts';
import deliveryJson from './delivery-json.ts';
import deliveryMethod from './delivery-method.ts';
import deliverySignatureHeader from './delivery-signature-header.ts';
import deliverySignatureHex from './delivery-signature-hex.ts';
import deliverySignatureParts from './delivery-signature-parts.ts';
import deliverySignatureSeconds from './delivery-signature-seconds.ts';
import deliverySignature from './delivery-signature.ts';
import deliveryType from './delivery-type.ts';
import documentedCode from './documented-code.ts';
import errorBody from './error-body.ts';
import errorCode from './error-code.ts';
import jsonBody from './json-body.ts';
import namedMembers from './named-members.ts';
import rateLimitHeaders from './rate-limit-headers.ts';
import rateLimitOnRefusals from './rate-limit-on-refusals.ts';
import retryAfterTime from './retry-after-time.ts';
import retryAfter from './retry-after.ts';
import statusTells from './status-tells.ts';
import successBody from './success-body.ts';
import timestampForm from './timestamp-form.ts';
import timestamps from './timestamps.ts';

/** The rules of the area ambient. */
export const ambient: readonly Rule[] = [
  clientsError,
  contentType,
  decidedStatus,
  deliveryCreatedAt,
  deliveryData,
  deliveryId,
  deliveryJson,
  deliveryMethod,
  deliverySignatureHeader,
  deliverySignatureHex,
  deliverySignatureParts,
  deliverySignatureSeconds,
  deliverySignature,
  deliveryType,
  documentedCode,
  errorBody,
  errorCode,
  jsonBody,
  namedMembers,
  rateLimitHeaders,
  rateLimitOnRefusals,
  retryAfterTime,
  retryAfter,
  statusTells,
  successBody,
  timestampForm,
  timestamps,
];
