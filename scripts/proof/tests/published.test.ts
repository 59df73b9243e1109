import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readRegister } from '../../../openapi/register.ts';
import { compose, readPresent } from '../table/publish.ts';
import { readRecords } from '../table/records.ts';
import { makeProof } from '../table/summary.ts';

/** What was found last must be of the fleet, the variants and the register as they are now. */
it('the published proof holds, and is what the table and the README tell', () => {
  const register = readRegister();
  const proof = makeProof(register, readRecords(), readPresent(register));
  expect(proof.lacks).toEqual([]);
  for (const [path, text] of compose(proof)) {
    const next = `${path} is another; npm run proof -- --table writes it anew`;
    expect(readFileSync(path, 'utf8'), next).toBe(text);
  }
});
