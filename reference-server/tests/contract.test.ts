import { describe, expect, it } from 'vitest';
import { handlers } from '../handlers.ts';
import { readErrorTable } from '../http/error-table.ts';
import { readText } from '../http/read-text.ts';
import { schemaAt } from '../../openapi/contract.ts';
import { createClock, timestamp } from '../services.ts';
import { contract } from './lab.ts';

describe('What the server takes from the contract', () => {
  it('gives every error code one status', () => {
    const { statusOf, responseOf } = readErrorTable(contract);
    for (const code of ['invalid_body', 'not_found', 'internal', 'duplicate_contact'] as const) {
      expect(responseOf(statusOf(code))?.codes).toContain(code);
    }
    expect(() => statusOf('teapot' as 'internal')).toThrow('no status to teapot');
    expect(responseOf(200)).toBeUndefined();
  });

  it('gives the pages of every served list their defaults, as handlers are typed', () => {
    for (const id of Object.keys(handlers) as (keyof typeof handlers)[]) {
      for (const { name, schema } of contract.operations[id].parameters) {
        if (name !== 'page' && name !== 'per_page') continue;
        expect(schemaAt(contract, schema)['default']).toBeTypeOf('number');
      }
    }
  });
});

describe('Text that stands for something else', () => {
  it('is read where the contract asks for it, and stays text otherwise', () => {
    const number = new Set(['number', 'null']);
    expect(['1', '-1.50', '1e3', '0'].map((text) => readText(text, number))).toEqual([
      1, -1.5, 1000, 0,
    ]);
    for (const text of ['', ' 1', '0x1', '01', '1,5', 'NaN', 'Infinity', '.5', '1.']) {
      expect(readText(text, number)).toBe(text);
    }
    expect(readText('-7', new Set(['integer']))).toBe(-7);
    expect(readText('7.0', new Set(['integer']))).toBe('7.0');
    expect(readText('7', new Set(['string']))).toBe('7');
  });
});

describe('The clock', () => {
  it('moves on from where it is, and never runs backwards until it is reset', () => {
    let real = 1000;
    const clock = createClock(() => real);
    clock.advance(500);
    expect(clock.now()).toBe(1500);
    real = 900;
    expect(clock.now()).toBe(1500);
    real = 2000;
    expect(clock.now()).toBe(2500);
    clock.reset();
    expect(clock.now()).toBe(2000);
  });

  it('is written to the second, in UTC', () => {
    expect(timestamp(Date.UTC(2026, 3, 15, 12, 3, 40, 999))).toBe('2026-04-15T12:03:40Z');
  });
});
