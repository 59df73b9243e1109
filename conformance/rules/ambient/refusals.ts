import { requestFlaw } from '../../assertions/requests.ts';
import { Nonconformity } from '../../context/expectations.ts';
import { defineAmbientRule, type Rule } from '../../context/rule.ts';
import { onError, onResponse } from '../../faults/inject.ts';
import { errorCodeOf, hasBrokenEscape } from '../../http/exchange.ts';

const statusTells = defineAmbientRule({
  id: 'ambient/status-tells',
  level: 'MUST',
  verifies: ['LG-ERR-004'],
  sentence:
    'The status tells whether a request failed: a response has an `error` only if its status is 400 or above.',
  inspect: ({ operation, response, json }) => {
    const { error } = (json ?? {}) as { error?: unknown };
    const erroneous = error !== undefined && error !== null;
    const { status } = response;
    if (erroneous && status < 400) {
      throw new Nonconformity('400 or above with an error', String(status));
    }
    // Whether an unknown path is redirected is a decision.
    if (!operation && status >= 300 && status < 400) return false;
    if (status >= 300 && status < 400) {
      throw new Nonconformity('a success or a refusal', String(status));
    }
    return true;
  },
  fault: onResponse('all', (mutable) => {
    mutable.status = 200;
  }),
});

const errorBody = defineAmbientRule({
  id: 'ambient/error-body',
  level: 'MUST',
  verifies: ['LG-ERR-001', 'LG-ERR-002'],
  sentence: 'The body of every refusal has an `error` object with a `code` and a `message`.',
  inspect: ({ request, response, json }, { flawOf }) => {
    if (response.status < 400 || hasBrokenEscape(request.url)) return false;
    const error = (json as { error?: unknown } | null | undefined)?.error;
    const flaw = flawOf('#/components/schemas/Error', error);
    if (flaw !== undefined) {
      throw new Nonconformity('an error with code and message', `one where ${flaw}`);
    }
    const { message } = error as { message: string };
    if (message.trim() !== '') return true;
    throw new Nonconformity('a readable message', 'only white space');
  },
  fault: onError((error) => {
    delete error['message'];
  }),
});

const errorCode = defineAmbientRule({
  id: 'ambient/error-code',
  level: 'MUST',
  verifies: [
    ...(['LG-ERR-005', 'LG-ERR-006', 'LG-ERR-007', 'LG-ERR-008', 'LG-ERR-009'] as const),
    ...(['LG-ERR-010', 'LG-ERR-011', 'LG-ERR-012'] as const),
  ],
  sentence: 'Each documented code comes with its documented status and no other.',
  inspect: ({ response, json }, { contract }) => {
    const code = errorCodeOf(json);
    if (code === undefined) return false;
    const statuses = new Set<number>();
    for (const { responses } of Object.values(contract.operations)) {
      for (const { status, codes } of Object.values(responses)) {
        if (!codes.includes(code)) continue;
        if (status === response.status) return true;
        statuses.add(status);
      }
    }
    // An undocumented code is a decision.
    if (statuses.size === 0) return false;
    const documented = [...statuses].join(' or ');
    throw new Nonconformity(`${documented} with the code ${code}`, String(response.status));
  },
  fault: onError((_, mutable) => {
    mutable.status = mutable.status === 401 ? 403 : 401;
  }),
});

const documentedCode = defineAmbientRule({
  id: 'ambient/documented-code',
  level: 'SHOULD',
  verifies: ['LG-ERR-023'],
  sentence: 'Every refusal has a status and a code that are documented for the operation.',
  inspect: ({ operation, response, json }, { contract }) => {
    if (!operation || response.status < 400) return false;
    const { responses } = contract.operations[operation];
    const code = errorCodeOf(json) ?? 'no code';
    if (responses[response.status]?.codes.includes(code)) return true;
    throw new Nonconformity(
      `a documented refusal of ${operation}`,
      `${String(response.status)} ${code}`,
    );
  },
  fault: onError((error) => {
    error['code'] = 'teapot';
  }),
});

const clientsError = defineAmbientRule({
  id: 'ambient/clients-error',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence: 'A request that is wrong in itself never returns a status of 500 or above.',
  inspect: (exchange, { contract, flawOf }) => {
    const { status } = exchange.response;
    // This failure was requested, or there is none.
    if (exchange.provoked || status < 400) return false;
    const flaw = requestFlaw(contract, exchange, flawOf);
    if (flaw === undefined) return false;
    // A gateway may return 502 to 504 for a moment.
    if (status !== 500) return true;
    const expected = `a status below 500 for ${exchange.operation ?? 'it'} where ${flaw}`;
    throw new Nonconformity(expected, '500', { exchange });
  },
  fault: onResponse('all', (mutable) => {
    if (mutable.status !== 400) return;
    mutable.status = 500;
    mutable.body = { error: { code: 'internal', message: 'Unexpected server error.' } };
  }),
});

export default [
  statusTells,
  errorBody,
  errorCode,
  documentedCode,
  clientsError,
] satisfies readonly Rule[];
