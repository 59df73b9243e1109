import { describe, expect, it } from 'vitest';
import { readErrorTable } from '../http/refusals.ts';
import { jsonResponse } from '../http/response.ts';
import { createSelfCheck } from '../http/self-check.ts';
import { contract } from './test-server.ts';

const check = createSelfCheck(contract, readErrorTable(contract));
const rate = { 'X-RateLimit-Limit': '600', 'X-RateLimit-Remaining': '0' };
const error = (code: string) => ({ error: { code, message: 'No.' } });
const empty = { data: [], meta: { total: 0, page: 1, per_page: 25 } };
const noId = '8e81973e-0bec-47b0-b898-d190f9ebdacc';
const { listFlows, getDossier } = contract.operations;

describe('The self-check', () => {
  it('accepts responses of the contract', () => {
    check(listFlows, jsonResponse(200, empty, rate));
    check(getDossier, jsonResponse(404, error('not_found'), rate));
    check(undefined, jsonResponse(404, error('not_found'), rate));
    const wait = { ...rate, 'Retry-After': '1' };
    check(undefined, jsonResponse(429, error('rate_limited'), wait));
  });

  const violations: [string, () => void, RegExp][] = [
    [
      'status',
      () => {
        check(getDossier, jsonResponse(409, error('duplicate_contact'), rate));
      },
      /^getDossier 409: the contract has no such response/,
    ],
    [
      'status of an unknown path',
      () => {
        check(undefined, jsonResponse(418, error('x'), rate));
      },
      /^an unknown path 418/,
    ],
    [
      'code',
      () => {
        check(getDossier, jsonResponse(404, error('internal'), rate));
      },
      /error\.code must be one of not_found/,
    ],
    [
      'missing header',
      () => {
        check(listFlows, jsonResponse(200, empty));
      },
      /X-RateLimit-Limit is missing/,
    ],
    [
      'missing Retry-After',
      () => {
        check(listFlows, jsonResponse(429, error('rate_limited'), rate));
      },
      /Retry-After is missing/,
    ],
    [
      'header',
      () => {
        check(listFlows, jsonResponse(200, empty, { ...rate, 'X-RateLimit-Remaining': '-1' }));
      },
      /X-RateLimit-Remaining is -1/,
    ],
    [
      'header that is no number',
      () => {
        check(listFlows, jsonResponse(200, empty, { ...rate, 'X-RateLimit-Remaining': 'x' }));
      },
      /X-RateLimit-Remaining is x/,
    ],
    [
      'media type',
      () => {
        check(listFlows, jsonResponse(200, empty, { ...rate, 'Content-Type': 'text/html' }));
      },
      /no body of a documented type/,
    ],
    [
      'missing body',
      () => {
        check(listFlows, jsonResponse(200, undefined, rate));
      },
      /no body of a documented type/,
    ],
    [
      'constant',
      () => {
        const { deleteContact } = contract.operations;
        check(deleteContact, jsonResponse(200, { data: { id: noId, deleted: false } }, rate));
      },
      /data\.deleted must be true/,
    ],
    [
      'body',
      () => {
        check(listFlows, jsonResponse(200, { ...empty, meta: {} }, rate));
      },
      /meta\.total is required/,
    ],
  ];
  for (const [title, violate, message] of violations) {
    it(`stops a wrong ${title}`, () => {
      expect(violate).toThrow(message);
    });
  }
});
