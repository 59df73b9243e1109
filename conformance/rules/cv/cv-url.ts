import {
  createAndViewDossier,
  dossierPlaces,
  expectDossierKept,
  viewCreatedDossier,
} from '../../assertions/dossiers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onData } from '../../faults/inject.ts';
import { createByForm, formOf, uploadFormats } from '../../fixtures/forms.ts';
import { plainDossiers } from '../../generators/dossiers.ts';
import { aCv } from '../../generators/files.ts';

const none = defineRule({
  id: 'cv/none',
  level: 'SHOULD',
  verifies: ['LG-CV-016'],
  sentence:
    'Every response with a whole dossier contains cv_url, which is null as long as there is no CV.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const draft of plainDossiers(2)) {
      const bare = await createAndViewDossier(org, draft);
      for (const place of dossierPlaces) expectEqual(bare[place].cv_url, null, 'cv_url');
      const form = formOf(draft, aCv());
      const seen = await viewCreatedDossier(org, await createByForm(org, form));
      expectDossierKept(seen, { cv_url: seen.created.cv_url }, dossierPlaces);
    }
  },
  fault: onData(['listDossiers'], (dossier) => {
    delete dossier['cv_url'];
  }),
});

const address = defineRule({
  id: 'cv/address',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence:
    "The cv_url of a new dossier consists of the organisation's id, /dossiers/, the dossier's id and /cv.pdf.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const owners: string[] = [];
    for (const name of ['cv.pdf', 'Résumé of Noor.pdf']) {
      const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, { ...aCv(), name });
      const { id, cv_url } = await createByForm(org, form);
      const rest = `/dossiers/${id}/cv.pdf`;
      const owner = cv_url?.endsWith(rest) ? cv_url.slice(0, -rest.length) : '';
      expectThat(/^[^/]+$/.test(owner), `an organisation's id and ${rest}`, () => cv_url);
      owners.push(owner);
    }
    expectEqual(owners[1], owners[0], "the organisation's id in cv_url");
  },
  // A server that returns the URL of its storage.
  fault: onData(['createDossier'], (dossier) => {
    dossier['cv_url'] = `https://storage.example.com/${String(dossier['cv_url'])}`;
  }),
});

const uploadAddress = defineRule({
  id: 'cv/upload-address',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence: 'The cv_url is the same after every upload, whatever the name of the file.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'With one address' };
    const { id, cv_url: address } = await createByForm(org, formOf(draft, aCv()));
    const form = new RegExp(`^[^/]+/dossiers/${id}/cv\\.pdf$`);
    expectThat(
      form.test(address ?? ''),
      "an organisation's id, the dossier's id and cv.pdf",
      () => address,
    );
    for (const name of ['cv.pdf', 'Résumé of Noor.pdf']) {
      for (const upload of uploadFormats) {
        const { cv_url } = await upload.succeed(context, org, id, { ...aCv(), name });
        expectEqual(cv_url, address, 'the same cv_url,');
      }
    }
  },
  // A server that counts the versions of a CV.
  fault: onData(['uploadDossierCv'], (dossier) => {
    dossier['cv_url'] = String(dossier['cv_url']).replace('cv.pdf', 'cv-2.pdf');
  }),
});

const addressByOrganization = defineRule({
  id: 'cv/address-by-organization',
  level: 'SHOULD',
  verifies: ['LG-CV-013'],
  sentence: 'The cv_url begins with a different id in each organisation.',
  needs: ['second-organization'],
  check: async (context) => {
    const orgs = [await context.organization(), await context.organization({ second: true })];
    const owners = new Set<string | undefined>();
    for (const org of orgs) {
      const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
      const { cv_url } = await createByForm(org, form);
      owners.add(cv_url?.split('/')[0]);
    }
    expectThat(owners.size === orgs.length, 'an id of its own organisation', () => [...owners]);
  },
  // A server with one folder for all organisations.
  fault: onData(['createDossier'], (dossier) => {
    dossier['cv_url'] = String(dossier['cv_url']).replace(/^[^/]+/, 'uploads');
  }),
});

export default [none, address, uploadAddress, addressByOrganization] satisfies readonly Rule[];
