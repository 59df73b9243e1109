import type { Installation } from './installation.ts';

/** A moment as answers and events write it (LG-GEN-009, LG-GEN-010). */
export const writeMoment = (
  { takes, choice }: Installation,
  milliseconds: number,
  creating = false,
): string => {
  const iso = new Date(milliseconds).toISOString();
  const precise = takes('LG-GEN-009', 1) || (takes('LG-GEN-010', 2) && creating);
  const text = precise ? iso : iso.replace(/\.\d+Z$/, 'Z');
  switch (choice('LG-GEN-009')) {
    case 2:
      return text.replace('Z', '+00:00');
    case 3:
      return text.replace(/[-:]/g, '');
    default:
      return text;
  }
};

const day = 86_400_000;

/** The end of the day of a moment, by UTC. */
export const endOfDay = (milliseconds: number): number =>
  Math.floor(milliseconds / day) * day + day;
