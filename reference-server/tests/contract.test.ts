import { describe, expect, it } from 'vitest';
import { type Contract, type Pointer, schemaAt } from '../../openapi/contract.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import { handlers } from '../handlers.ts';
import { fileRuleOf } from '../http/expected-body.ts';
import { createRateLimiter, createStandardAllowance } from '../http/rate-limit.ts';
import { createReadFileBody } from '../http/read-body.ts';
import { readErrorTable } from '../http/refusals.ts';
import { convertText } from '../http/schema-validation.ts';
import { describeProblem } from '../http/validation-messages.ts';
import { createClock } from '../runtime/services.ts';
import { emptyOrganization } from '../state/organization.ts';
import { Journal } from '../state/transaction.ts';
import { contract } from './test-server.ts';

describe('The contract as the server reads it', () => {
  it('has one status for each error code', () => {
    const { statusOf, responseOf } = readErrorTable(contract);
    for (const code of ['invalid_body', 'not_found', 'internal', 'duplicate_contact'] as const) {
      expect(responseOf(statusOf(code))?.codes).toContain(code);
    }
    expect(() => statusOf('teapot' as 'internal')).toThrow('no status to teapot');
    expect(responseOf(200)).toBeUndefined();
  });

  it('has the default page parameters of every list, as the types of handlers say', () => {
    for (const id of Object.keys(handlers) as (keyof typeof handlers)[]) {
      for (const { name, schema } of contract.operations[id].parameters) {
        if (name !== 'page' && name !== 'per_page') continue;
        expect(schemaAt(contract, schema)['default']).toBeTypeOf('number');
      }
    }
  });
});

describe('Text that encodes another type', () => {
  it('is converted where the contract asks for it, and stays text otherwise', () => {
    const number = new Set(['number', 'null']);
    expect(['1', '-1.50', '1e3', '0'].map((text) => convertText(text, number))).toEqual([
      1, -1.5, 1000, 0,
    ]);
    for (const text of ['', ' 1', '0x1', '01', '1,5', 'NaN', 'Infinity', '.5', '1.']) {
      expect(convertText(text, number)).toBe(text);
    }
    expect(convertText('-7', new Set(['integer']))).toBe(-7);
    expect(convertText('7.0', new Set(['integer']))).toBe('7.0');
    expect(convertText('7', new Set(['string']))).toBe('7');
  });
});

describe('A contract is refused', () => {
  it('with a code that has two statuses', () => {
    const { getDossier } = contract.operations;
    const responses = { ...getDossier.responses };
    const [known] = Object.values(responses).filter(({ codes }) => codes.length > 0);
    if (!known) throw new Error('The contract has no errors.');
    const other = { ...known, status: 418 };
    const operations = { getDossier: { ...getDossier, responses: { ...responses, 418: other } } };
    const wrong = { ...contract, operations } as unknown as Contract;
    expect(() => readErrorTable(wrong)).toThrow('to more than one status');
  });

  it('without numbers for the rate limit', () => {
    expect(() => createStandardAllowance({ growth: { api: true } })).toThrow('has a rate limit');
  });

  it('with a file that no form has', async () => {
    const media = { schema: '#/components/schemas/Cv' as Pointer, examples: {} };
    const read = createReadFileBody(contract);
    await expect(read(media, {} as never, { 'application/pdf': media })).rejects.toThrow(
      'is no file of a form',
    );
  });
});

describe('Without a statement in the contract', () => {
  it('about the numbers of one plan, those of the other apply', () => {
    const plans = { ...contract.plans, trial: { api: true } };
    const limiter = createRateLimiter(
      plans,
      createClock(() => 0),
    );
    const start = { id: 'o', name: 'O', plan: 'trial', rateLimit: null };
    const { limit } = limiter.countRequest(emptyOrganization(new Journal(), start));
    expect(limit).toBe(createStandardAllowance(plans).limit);
  });

  it('about the size of a file, any size is accepted', () => {
    const rule = fileRuleOf({ format: 'binary', contentMediaType: 'text/plain' });
    expect(rule).toEqual({ minBytes: 0, maxBytes: Infinity, mediaType: 'text/plain' });
  });
});

describe('A validation message is about', () => {
  const schemas = {
    known: { type: 'object', properties: { a: { type: ['string', 'null'] } } },
    foreign: { properties: { a: { not: {} } } },
    pattern: { properties: { a: { pattern: '^A$' } } },
    described: { properties: { a: { pattern: '^A$', description: 'The letter `A`.' } } },
  };
  const compile = createSchemaCompiler({ schemas }, { verbose: true });
  const problem = (name: keyof typeof schemas, value: unknown): string => {
    const validate = compile(`#/schemas/${name}`);
    expect(validate(value)).toBe(false);
    return describeProblem(validate.errors, 'the body');
  };

  it('the value as a whole, or a field of it', () => {
    expect(problem('known', [])).toBe('the body must be an object.');
    expect(problem('known', { a: 1 })).toBe('a must be a string or left out.');
  });

  it('a keyword without a message of the server, with the validator’s message', () => {
    expect(problem('foreign', { a: 'AB' })).toBe('a must NOT be valid.');
  });

  it('a pattern, with its description if there is one', () => {
    expect(problem('described', { a: 'B' })).toBe('a must be the letter A.');
    expect(problem('pattern', { a: 'B' })).toBe('a must match the pattern ^A$.');
  });

  it.each([
    [{ minLength: 1 }, '', 'must not be empty'],
    [{ minLength: 2 }, 'a', 'must have at least 2 characters'],
    [{ maxLength: 1 }, 'ab', 'must have at most 1 character'],
    [{ minItems: 1 }, [], 'must have at least 1 item'],
    [{ maxItems: 2 }, [1, 2, 3], 'must have at most 2 items'],
    [{ minProperties: 1 }, {}, 'must have at least 1 field'],
    [{ maxProperties: 0 }, { b: 1 }, 'must have at most 0 fields'],
    [{ uniqueItems: true }, [1, 1], 'must not have the same item twice'],
    [{ minimum: 1 }, 0, 'must be at least 1'],
    [{ maximum: 1 }, 2, 'must be at most 1'],
    [{ exclusiveMinimum: 0 }, 0, 'must be more than 0'],
    [{ exclusiveMaximum: 1 }, 1, 'must be less than 1'],
    [{ multipleOf: 2 }, 1, 'must be a multiple of 2'],
    [{ additionalProperties: false }, { b: 1 }, 'must not have a field b'],
    [{ unevaluatedProperties: false }, { b: 1 }, 'must not have a field b'],
    [{ const: 1 }, 2, 'must be 1'],
    [{ format: 'uuid' }, 'x', 'must be a UUID'],
    [{ format: 'date' }, 'x', 'must be a date, such as 2026-05-04'],
    [{ format: 'email' }, 'x', 'must be an e-mail address, such as sophie@example.com'],
    [{ format: 'uri' }, 'x', /^a must be an absolute URL, such as https:.*xn-- form\.$/],
    [{ format: 'hostname' }, '-', 'must be a valid hostname'],
    [false, 1, 'must be left out'],
  ])('the constraint %j, and says what the value must be', (schema, value, words) => {
    const validate = createSchemaCompiler(
      { schemas: { one: { properties: { a: schema } } } },
      { verbose: true },
    )('#/schemas/one');
    expect(validate({ a: value })).toBe(false);
    const expected = typeof words === 'string' ? `a ${words}.` : words;
    expect(describeProblem(validate.errors, 'the body')).toMatch(expected);
  });
});
