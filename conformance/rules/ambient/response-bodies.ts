import { createdAtValuesIn } from '../../assertions/timestamps.ts';
import { asText, expectThat, Nonconformity } from '../../context/expectations.ts';
import { defineAmbientRule, type Rule } from '../../context/rule.ts';
import { onData, onResponse } from '../../faults/inject.ts';
import { hasBrokenEscape, isNestedTooDeeply, successOf } from '../../http/exchange.ts';

const jsonBody = defineAmbientRule({
  id: 'ambient/json-body',
  level: 'MUST',
  verifies: ['LG-GEN-003'],
  sentence: 'Every response has a body, and it is JSON.',
  inspect: ({ operation, request, json, response }) => {
    // A gateway may refuse an invalid URL before the API receives it.
    if (hasBrokenEscape(request.url)) return false;
    // Whether an unknown path is redirected is a decision.
    if (!operation && response.status >= 300 && response.status < 400) return false;
    expectThat(json !== undefined, 'a JSON body', () =>
      isNestedTooDeeply(response.body)
        ? 'one that is nested too deeply to be read'
        : `"${response.body.slice(0, 200)}"`,
    );
    return true;
  },
  fault: onResponse('all', (mutable) => {
    mutable.body = '<h1>Hello</h1>';
  }),
});

const contentType = defineAmbientRule({
  id: 'ambient/content-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-004'],
  sentence: 'Every response has the media type `application/json`.',
  inspect: ({ response }) => {
    const type = response.headers['content-type'] ?? '';
    expectThat(/^application\/json\s*(;|$)/i.test(type), 'application/json', () => `"${type}"`);
    return true;
  },
  fault: onResponse('all', ({ headers }) => {
    headers.set('content-type', 'text/html');
  }),
});

const decidedStatus = defineAmbientRule({
  id: 'ambient/decided-status',
  level: 'SHOULD',
  verifies: ['LG-GEN-050', 'LG-GEN-051', 'LG-GEN-052'],
  sentence: 'A creation returns 201, and every other successful request 200.',
  inspect: (exchange, { acceptances }) => {
    const success = successOf(exchange, acceptances);
    if (!success) return false;
    if (success.decided) return true;
    const { operation, status, response } = success;
    throw new Nonconformity(`${String(response.status)} for ${operation}`, String(status));
  },
  fault: onResponse(['createDossier'], (mutable) => {
    if (mutable.status === 201) mutable.status = 200;
  }),
});

const successBody = defineAmbientRule({
  id: 'ambient/success-body',
  level: 'MUST',
  verifies: [
    'LG-GEN-005',
    'LG-GEN-011',
    'LG-GEN-019',
    'LG-GEN-044',
    'LG-DOS-001',
    'LG-DOS-016',
    'LG-DOS-066',
    'LG-DOS-102',
    'LG-DOS-103',
    'LG-CON-082',
    'LG-CON-083',
    'LG-FLO-009',
    'LG-FLO-010',
  ],
  sentence: 'Every successful response has the documented fields with the documented types.',
  inspect: (exchange, { acceptances, flawOf }) => {
    const success = successOf(exchange, acceptances);
    const media = success?.response.content['application/json'];
    if (!success || !media) return false;
    const flaw = flawOf(media.schema, exchange.json);
    if (flaw === undefined) return true;
    const what = `the documented body of ${success.operation} ${String(success.response.status)}`;
    throw new Nonconformity(what, `one where ${flaw}`);
  },
  fault: onData(['listDossiers', 'createDossier', 'getDossier'], (data) => {
    delete data['current_stage_id'];
  }),
});

const namedMembers = defineAmbientRule({
  id: 'ambient/named-members',
  level: 'SHOULD',
  verifies: ['LG-GEN-006'],
  sentence: 'Responses have no fields other than those in the contract.',
  inspect: ({ operation, response, json }, { acceptances, additionalFieldsIn }) => {
    const acceptance = operation && acceptances.of(operation, response.status);
    const media = acceptance?.response?.content['application/json'];
    if (!media) return false;
    const [surplus] = additionalFieldsIn(media.schema, json);
    if (surplus === undefined) return true;
    throw new Nonconformity('no fields other than those in the contract', surplus);
  },
  fault: onData(['listDossiers', 'createDossier', 'getDossier'], (data) => {
    data['updated_at'] = data['created_at'];
  }),
});

/**
 * Whether the calendar date exists, which schemas can't express. Every ISO 8601 form begins with
 * these digits.
 */
const isOnCalendar = (moment: unknown): boolean => {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(String(moment)) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};

const timestamps = defineAmbientRule({
  id: 'ambient/timestamps',
  level: 'MUST',
  verifies: ['LG-GEN-008'],
  sentence: 'Every timestamp is an ISO 8601 date and time in UTC.',
  inspect: ({ json }, { flawOf }) => {
    const moments = createdAtValuesIn(json);
    for (const moment of moments) {
      const flaw = flawOf('#/components/schemas/Timestamp', moment);
      const real = flaw === undefined && isOnCalendar(moment);
      if (!real) throw new Nonconformity('an ISO 8601 timestamp in UTC', JSON.stringify(moment));
    }
    return moments.length > 0;
  },
  fault: onData(['listDossiers', 'createDossier', 'getDossier'], (data) => {
    data['created_at'] = '2026-05-04T10:30:00+02:00';
  }),
});

const timestampForm = defineAmbientRule({
  id: 'ambient/timestamp-form',
  level: 'SHOULD',
  verifies: ['LG-GEN-009'],
  sentence: 'Timestamps have whole seconds and end in Z.',
  inspect: ({ json }) => {
    const moments = createdAtValuesIn(json);
    const odd = moments.find((one) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(asText(one)));
    expectThat(odd === undefined, 'the form 2026-05-04T08:30:00Z', () => odd);
    return moments.length > 0;
  },
  fault: onData(['listDossiers', 'createDossier', 'getDossier'], (data) => {
    data['created_at'] = '2026-05-04T08:30:00.000Z';
  }),
});

export default [
  jsonBody,
  contentType,
  decidedStatus,
  successBody,
  namedMembers,
  timestamps,
  timestampForm,
] satisfies readonly Rule[];
