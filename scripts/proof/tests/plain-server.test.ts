import { describe, expect, it } from 'vitest';
import { readRegister } from '../../../openapi/register.ts';
import {
  type Alternative,
  exclusions,
  implemented,
  unimplemented,
} from '../plain-server/core/alternatives.ts';

describe('the plain server', () => {
  const format = ({ decision, alternative }: Alternative): string => `${decision}/${alternative}`;

  it('implements every alternative of the register, or says why not', () => {
    const offered = Object.entries(implemented).flatMap(([decision, some]) =>
      some.map((one) => `${decision}/${one}`),
    );
    const registered = readRegister().flatMap(({ id, alternatives = [] }) =>
      alternatives.map((_, index) => `${id}/${index + 1}`),
    );
    expect([...offered, ...unimplemented.map(format)].sort()).toEqual(registered.sort());
  });

  it('excludes only alternatives that it implements', () => {
    for (const { decision, alternative } of exclusions.flatMap(({ both }) => both)) {
      expect(implemented[decision]).toContain(alternative);
    }
  });
});
