import { longTexts } from '../arbitraries/long-text.ts';
import type { Exchange } from './exchange.ts';
import { expectPermittedRefusal } from './permitted-refusals.ts';
import type { World } from './world.ts';

type Texts = Readonly<Record<string, string>>;

/** Shorter than this no text is too long for anybody. */
const short = 20;

/**
 * Sends texts of many lengths in all of the fields at once, or, where that is refused, field by
 * field. What is too long is a matter of decisions (LG-GEN-042); what is taken must be kept whole.
 *
 * @param send - sends these values
 * @param expectKept - expects them to be kept, after they were taken
 */
export const expectWholeTexts = async (
  world: Pick<World, 'expect' | 'acceptances'>,
  fields: readonly string[],
  send: (texts: Texts) => Promise<Exchange>,
  expectKept: (texts: Texts, exchange: Exchange) => Promise<void>,
): Promise<void> => {
  const areTaken = async (texts: Texts, length: number): Promise<boolean> => {
    const exchange = await send(texts);
    if (length > short && exchange.response.status >= 400) {
      expectPermittedRefusal(world, exchange, ['LG-GEN-042', 'LG-GEN-043']);
      return false;
    }
    world.expect.success(exchange);
    await expectKept(texts, exchange);
    return true;
  };
  for (const text of longTexts) {
    const together = Object.fromEntries(fields.map((field) => [field, text]));
    if (await areTaken(together, text.length)) continue;
    for (const field of fields) await areTaken({ [field]: text }, text.length);
  }
};
