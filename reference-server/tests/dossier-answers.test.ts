import { beforeAll, describe, expect, it } from 'vitest';
import { schemaAt } from '../../openapi/contract.ts';
import { contract, form, pdf, useLab, type Dossier } from './lab.ts';
import { openDesk, type Desk } from './desk.ts';

const lab = useLab();
let own: Desk;
beforeAll(async () => {
  own = await openDesk(lab);
});

const candidate = { type: 'candidate', name: 'Sophie van Dijk' };
/** All fields that the contract gives to a dossier. */
const fields = Object.keys(
  schemaAt(contract, '#/components/schemas/DossierPatched')['properties'] as object,
);

/** The answers that show a dossier, by what was asked; each is about one that was just created. */
const answers: [string, (made: Dossier) => Promise<Dossier | undefined>][] = [
  ['creating', (made) => Promise.resolve(made)],
  ['retrieving', ({ id }) => own.read(id)],
  ['listing', async ({ id }) => (await own.list()).data.find((one) => one.id === id)],
  ['changing', ({ id }) => own.change(id, { name: 'Sophie de Vries' })],
  ['changing nothing', ({ id }) => own.change(id, {})],
  ['archiving', ({ id }) => own.archive(id)],
  [
    'uploading a CV',
    async ({ id }) => {
      const body = form({}, pdf());
      return (await own.send('POST', `/dossiers/${id}/cv`, { body })).body.data;
    },
  ],
];

describe('The answer to', () => {
  it.each(answers)(
    '%s shows the whole dossier (LG-DOS-004, LG-DOS-016, LG-DOS-017, LG-DOS-018, LG-DOS-066, LG-DOS-102, LG-CV-016)',
    async (asked, ask) => {
      const { now } = (await lab.control<{ now: string }>('GET', '/clock')).body.data;
      const made = await own.create(candidate);
      const shown = await ask(made);
      expect(Object.keys(shown ?? {}).sort()).toEqual(fields.toSorted());
      expect(shown).toEqual(await own.read(made.id));
      const flow = await own.defaultFlow('candidate');
      const place = { flow_id: flow.id, current_stage_id: flow.stages[0]?.id };
      expect(shown).toMatchObject({ id: made.id, type: 'candidate', ...place });
      expect(shown?.name).toMatch(/^Sophie /);
      expect(shown?.status).toMatch(/^(active|archived)$/);
      expect(shown?.cv_url).toBe(
        asked === 'uploading a CV' ? `${own.id}/dossiers/${made.id}/cv.pdf` : null,
      );
      const end = (await lab.control<{ now: string }>('GET', '/clock')).body.data.now;
      expect([now, shown?.created_at, end]).toEqual([now, shown?.created_at, end].toSorted());
    },
  );
});

describe('Retrieving a dossier', () => {
  it('answers that one, of all that there are (LG-DOS-065)', async () => {
    const made = await Promise.all(
      ['Ann', 'Bo', 'Cy'].map((name) => own.create({ ...candidate, name })),
    );
    for (const dossier of made) expect(await own.read(dossier.id)).toEqual(dossier);
  });

  it('does so in each of its statuses (LG-DOS-065, LG-DOS-095)', async () => {
    const { id } = await own.create(candidate);
    for (const status of ['won', 'lost', 'archived', 'active']) {
      await own.change(id, { status });
      expect(await own.read(id)).toMatchObject({ id, status });
    }
  });
});
