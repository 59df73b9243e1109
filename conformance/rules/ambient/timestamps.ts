import { onData } from '../../liars/answers.ts';
import { defineAmbientRule } from '../../rule.ts';
import { momentsIn } from '../../world/moments.ts';
import { Nonconformity } from '../../world/nonconformity.ts';

export default defineAmbientRule({
  id: 'ambient/timestamps',
  level: 'MUST',
  verifies: ['LG-GEN-008'],
  sentence: 'Every timestamp is a moment in UTC, written as ISO 8601.',
  inspect: ({ json }, { flawOf }) => {
    const moments = momentsIn(json);
    for (const moment of moments) {
      const flaw = flawOf('#/components/schemas/Timestamp', moment);
      const real = flaw === undefined && isOnCalendar(moment);
      if (!real) throw new Nonconformity('an ISO 8601 timestamp in UTC', JSON.stringify(moment));
    }
    return moments.length > 0;
  },
  liar: onData(['listDossiers', 'createDossier', 'getDossier'], (data) => {
    data['created_at'] = '2026-05-04T10:30:00+02:00';
  }),
});

/** Whether the day exists; what schemas can't say. Any ISO 8601 form begins with these digits. */
const isOnCalendar = (moment: unknown): boolean => {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(String(moment)) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};
