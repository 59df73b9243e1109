import {
  createAndViewDossier,
  dossierPlaces,
  expectDossierKept,
  viewCreatedDossier,
} from '../../assertions/dossiers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onData } from '../../faults/inject.ts';
import { createByForm, formOf, uploads } from '../../fixtures/forms.ts';
import { plainDossiers } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';

const none = defineRule({
  id: 'cv/none',
  level: 'SHOULD',
  verifies: ['LG-CV-016'],
  sentence: 'Every whole dossier shows cv_url, which is null as long as there is no CV.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainDossiers(2)) {
      const bare = await createAndViewDossier(world, home, draft);
      for (const place of dossierPlaces) expectEqual(bare[place].cv_url, null, 'cv_url');
      const form = formOf(draft, aCv());
      const seen = await viewCreatedDossier(world, home, await createByForm(world, home, form));
      expectDossierKept(seen, { cv_url: seen.created.cv_url }, dossierPlaces);
    }
  },
  liar: onData(['listDossiers'], (dossier) => {
    delete dossier['cv_url'];
  }),
});

const address = defineRule({
  id: 'cv/address',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence: 'The address of a CV is made of the organisation, the dossier and cv.pdf.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const owners: string[] = [];
    for (const name of ['cv.pdf', 'Résumé of Noor.pdf']) {
      const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, { ...aCv(), name });
      const { id, cv_url } = await createByForm(world, home, form);
      const rest = `/dossiers/${id}/cv.pdf`;
      const owner = cv_url?.endsWith(rest) ? cv_url.slice(0, -rest.length) : '';
      expectThat(/^[^/]+$/.test(owner), `an organisation and ${rest}`, () => cv_url);
      owners.push(owner);
    }
    expectEqual(owners[1], owners[0], 'the organisation in the address');
  },
  // A server that gives out where its storage is.
  liar: onData(['createDossier'], (dossier) => {
    dossier['cv_url'] = `https://storage.example.com/${String(dossier['cv_url'])}`;
  }),
});

const uploadAddress = defineRule({
  id: 'cv/upload-address',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence: 'The address of a CV is the same for each upload, whatever the file is called.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'With one address' };
    const { id, cv_url: address } = await createByForm(world, home, formOf(draft, aCv()));
    const form = new RegExp(`^[^/]+/dossiers/${id}/cv\\.pdf$`);
    expectThat(form.test(address ?? ''), 'an organisation, the dossier and cv.pdf', () => address);
    for (const name of ['cv.pdf', 'Résumé of Noor.pdf']) {
      for (const upload of uploads) {
        const { cv_url } = await upload.succeed(world, home, id, { ...aCv(), name });
        expectEqual(cv_url, address, 'the same address,');
      }
    }
  },
  // A server that counts the versions of a CV.
  liar: onData(['uploadDossierCv'], (dossier) => {
    dossier['cv_url'] = String(dossier['cv_url']).replace('cv.pdf', 'cv-2.pdf');
  }),
});

const addressByOrganization = defineRule({
  id: 'cv/address-by-organization',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence: 'The addresses of CVs begin differently in each organisation.',
  needs: ['second-organization'],
  check: async (world) => {
    const homes = [await world.organization(), await world.organization({ second: true })];
    const owners = new Set<string | undefined>();
    for (const home of homes) {
      const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
      const { cv_url } = await createByForm(world, home, form);
      owners.add(cv_url?.split('/')[0]);
    }
    expectThat(owners.size === homes.length, 'an organisation of its own', () => [...owners]);
  },
  // A server that has one folder for all.
  liar: onData(['createDossier'], (dossier) => {
    dossier['cv_url'] = String(dossier['cv_url']).replace(/^[^/]+/, 'uploads');
  }),
});

export default [none, address, uploadAddress, addressByOrganization] satisfies readonly Rule[];
