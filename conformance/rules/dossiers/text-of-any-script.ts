import { aText, awkwardTexts } from '../../arbitraries/text.ts';
import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/text-of-any-script',
  level: 'MUST',
  verifies: ['LG-GEN-039', 'LG-DOS-030', 'LG-DOS-035', 'LG-DOS-036', 'LG-DOS-038', 'LG-DOS-039'],
  sentence: 'The texts of a dossier come back in the characters in which they were sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const see = async (name: string, company: string, contact_person: string, role: string) => {
      const seen = await createAndSee(world, home, {
        ...{ type: 'sales', name, company, contact_person, role },
        intake_notes: `${name}\n${company}`,
      });
      expectKept(seen, { name }, everywhere);
      expectKept(seen, { company, contact_person }, ['listed']);
      expectKept(seen, { role, intake_notes: `${name}\n${company}` });
    };
    for (const text of awkwardTexts) await see(text, text, text, text);
    await world.property([aText(), aText(), aText(), aText()], see);
  },
  // A server that takes UTF-8 for Latin-1 on its way out.
  liar: onAnswer(['listDossiers', 'getDossier', 'createDossier'], (answer) => {
    const text = Buffer.from(JSON.stringify(answer.body), 'utf8').toString('latin1');
    answer.body = JSON.parse(text.replaceAll(/[\u0080-\u009f]/g, '?'));
  }),
});
