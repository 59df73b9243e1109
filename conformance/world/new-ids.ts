import { expectThat } from './expectations.ts';
import { isUuid } from './unknown-id.ts';

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The id of something new is a UUID of version 4 in lower case, as was decided. */
export const expectNewId = (id: string, whose: string): void => {
  expectThat(isUuid(id), `a UUID as the id of ${whose}`, () => id);
  expectThat(version4.test(id), 'a UUID of version 4 in lower case', () => id);
};
