import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readRegister } from '../../../openapi/register.ts';
import { readRecords } from '../table/figures.ts';
import { compose, readCurrentIds } from '../table/publish.ts';
import { makeProof } from '../table/summary.ts';

/** What was found last must be sound, and be published; the table says itself what is older. */
it('the published proof holds, and is what the table and the README show', () => {
  const register = readRegister();
  const proof = makeProof(register, readRecords(), readCurrentIds(register));
  expect(proof.lacks).toEqual([]);
  for (const [path, text] of compose(proof)) {
    const next = `${path} is another; npm run proof -- --table writes it anew`;
    expect(readFileSync(path, 'utf8'), next).toBe(text);
  }
});
