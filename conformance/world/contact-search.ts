import { contactsIn, expectContactNotListed, findListedContact } from './contact-list.ts';
import { eventually, type Patience } from './eventually.ts';
import { expectThat } from './expectations.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

type Judge = Pick<World, 'expect' | 'contract' | 'wait'>;

/** The search finds the contact, at once or a moment later (LG-GEN-053). */
export const expectFoundBySearch = (
  world: Judge,
  home: Organization,
  id: string,
  search: string,
  patience?: Patience,
): Promise<void> =>
  eventually(
    world,
    async () => {
      await findListedContact(world, home, id, { search });
    },
    patience,
  );

/** The search no longer finds the contact, at once or a moment later (LG-GEN-053). */
export const expectLostToSearch = (
  world: Judge,
  home: Organization,
  id: string,
  search: string,
): Promise<void> => eventually(world, () => expectContactNotListed(world, home, id, { search }));

/**
 * The search finds the contact by its address, of letters and digits before the `@`: by the whole
 * of it, or by what stands before the `@`. Which of the two is a word is a matter of decisions, and
 * `@` may have a meaning (LG-CON-016).
 */
export const expectFoundByAddress = async (
  world: Judge,
  home: Organization,
  id: string,
  email: string,
): Promise<void> => {
  const [name = ''] = email.split('@');
  const isFoundBy = async (search: string) =>
    (await contactsIn(world, home, { search })).some((one) => one.id === id);
  await eventually(world, async () => {
    const isFound = (await isFoundBy(name)) || (await isFoundBy(email));
    expectThat(isFound, `the contact ${id} by its address`, () => 'lists without it');
  });
};
