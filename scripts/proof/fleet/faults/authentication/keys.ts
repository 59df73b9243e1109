import { asInsider, holderOf, letPass, onVisit, sendsForm, turnAway } from '../../bend/visits.ts';
import { fault, type Fault } from '../../fault.ts';

/** Takes a key that was never issued for one that was used before, if the two are alike to it. */
const mistake = (alike: (token: string, known: string) => boolean): Fault['bend'] =>
  onVisit((ground) => {
    const owners = new Map<string, string>();
    return ({ request, token, key, organization }, fetch) => {
      if (token === undefined) return fetch(request);
      if (key && organization) owners.set(token, organization.id);
      const known = key ? undefined : [...owners.keys()].findLast((one) => alike(token, one));
      const owner = ground.state.organizations.get(owners.get(known ?? '') ?? '');
      return fetch(owner ? asInsider(ground, request, owner) : request);
    };
  });

/** Whether a database that is asked for keys like the token finds this one. */
const isLike = (token: string, key: string): boolean => {
  const pattern = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*');
  return new RegExp(`^${pattern.replaceAll('_', '.')}$`).test(key);
};

const wildcard = '%';

/** Who is let in without a key, and with keys that nobody was given. */
export const keys: readonly Fault[] = [
  fault(
    'authentication/open-stages',
    'LG-AUT-001',
    'shows the stages of a flow to anybody who knows its id',
    letPass(
      (visit, ground) =>
        visit.token === undefined &&
        visit.operation === 'listFlowStages' &&
        holderOf(visit, ground),
    ),
  ),
  fault(
    'authentication/open-forms',
    'LG-AUT-001',
    'takes forms from anybody',
    letPass(
      (visit, ground) => visit.token === undefined && sendsForm(visit) && holderOf(visit, ground),
    ),
  ),
  fault(
    'authentication/open-unlinking',
    'LG-AUT-001',
    'lets anybody take a contact off a dossier',
    letPass(
      (visit, ground) =>
        visit.token === undefined &&
        visit.operation === 'unlinkDossierContact' &&
        holderOf(visit, ground),
    ),
  ),
  fault(
    'authentication/keyless-files',
    'LG-AUT-002',
    'reads no key where a file is uploaded',
    turnAway('unauthorized', ({ operation }) => operation === 'uploadDossierCv'),
  ),
  fault(
    'authentication/newest-key-only',
    'LG-AUT-002',
    'ends the validity of a key when the organisation makes another',
    turnAway(
      'unauthorized',
      ({ key }, { state }) =>
        key !== undefined && [...state.keys.by('organization', key.organization_id)].at(-1) !== key,
    ),
  ),
  fault(
    'authentication/key-cut-at-underscore',
    'LG-AUT-002',
    'takes what stands between the second and the third underscore for the secret part of a key',
    turnAway(
      'unauthorized',
      ({ token, key }) => key !== undefined && token !== undefined && token.split('_').length > 3,
    ),
  ),
  fault(
    'authentication/last-character',
    'LG-AUT-005',
    'compares all of a key but its last character',
    mistake((token, known) => token.slice(0, -1) === known.slice(0, -1)),
  ),
  fault(
    'authentication/key-begins',
    'LG-AUT-005',
    'compares the first 16 characters of a key, by which it finds it',
    mistake((token, known) => token.slice(0, 16) === known.slice(0, 16)),
  ),
  fault(
    'authentication/letter-case',
    'LG-AUT-005',
    'compares keys without regard to letter case',
    mistake((token, known) => token.toLowerCase() === known.toLowerCase()),
  ),
  fault(
    'authentication/wildcard-for-all',
    'LG-AUT-005',
    'looks keys up by a pattern, in which a per cent sign stands for anything',
    mistake((token, known) => token.includes(wildcard) && isLike(token, known)),
  ),
  fault(
    'authentication/wildcard-for-one',
    'LG-AUT-005',
    'looks keys up by a pattern, in which an underscore stands for any character',
    mistake((token, known) => !token.includes(wildcard) && isLike(token, known)),
  ),
  fault(
    'authentication/test-keys',
    'LG-AUT-007',
    'lets keys for tests in, which begin with lg_test_',
    mistake((token, known) => token.startsWith('lg_test_') && token.slice(8) === known.slice(8)),
  ),
  fault(
    'authentication/bare-secret',
    'LG-AUT-007',
    'cuts the prefix off where there is one, and looks for the rest',
    mistake((token, known) => `lg_live_${token}` === known),
  ),
];
