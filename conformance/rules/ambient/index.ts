import type { Rule } from '../../rule.ts';
import contentType from './content-type.ts';
import decidedStatus from './decided-status.ts';
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
  contentType,
  decidedStatus,
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
