import { aText, awkwardTexts } from '../../arbitraries/text.ts';
import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { changeAndSee } from '../../world/changes.ts';

export default defineRule({
  id: 'changes/text-of-any-script',
  level: 'MUST',
  verifies: ['LG-GEN-039', 'LG-DOS-070', 'LG-DOS-073', 'LG-DOS-075'],
  sentence: 'The texts of a change come back in the characters in which they were sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Of any script' });
    const write = async (name: string, other: string) => {
      const texts = { company: other, contact_person: other, role: other };
      const changes = { name, ...texts, intake_notes: `${name}\n${other}` };
      expectChanged(await changeAndSee(world, home, id, changes), changes);
    };
    for (const text of awkwardTexts) await write(text, text);
    await world.property([aText(), aText()], write);
  },
  // A server that takes UTF-8 for Latin-1 on its way out.
  liar: onAnswer(['updateDossier', 'getDossier'], (answer) => {
    const text = Buffer.from(JSON.stringify(answer.body), 'utf8').toString('latin1');
    answer.body = JSON.parse(text.replaceAll(/[\u0080-\u009f]/g, '?'));
  }),
});
