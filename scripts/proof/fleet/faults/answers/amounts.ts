import { bendSent, bendShown } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';

const size = 'deal_size';

export const amounts: readonly Fault[] = [
  inHandlers(
    'answers/amounts-as-text',
    'LG-GEN-011',
    'lists amounts as text, as its database gives them',
    bendShown(['listDossiers'], (dossier) => {
      if (dossier[size] !== null) dossier[size] = Number(dossier[size]).toFixed(2);
    }),
  ),
  inHandlers(
    'answers/changed-amounts-as-text',
    'LG-GEN-011',
    'answers amounts with decimals as text once they were changed',
    bendShown(['updateDossier'], (dossier) => {
      if (Number(dossier[size]) % 1) dossier[size] = String(dossier[size]);
    }),
  ),
  inHandlers(
    'answers/amounts-in-cents',
    'LG-GEN-012',
    'shows amounts in cents',
    bendShown(['getDossier', 'listDossiers'], (dossier) => {
      if (dossier[size] !== null) dossier[size] = Math.round(Number(dossier[size]) * 100);
    }),
  ),
  inHandlers(
    'answers/yen-in-hundredths',
    'LG-GEN-012',
    'takes whole yen for hundredths, since all currencies have them',
    bendSent(['createDossier'], (draft) =>
      draft['deal_currency'] === 'JPY' ? { ...draft, [size]: Number(draft[size]) / 100 } : draft,
    ),
  ),
  inHandlers(
    'answers/cents-by-change',
    'LG-GEN-012',
    'forgets to count in euros again where an amount is changed',
    bendSent(['updateDossier'], (changes) =>
      typeof changes[size] === 'number'
        ? { ...changes, [size]: changes[size] * 100 }
        : { ...changes },
    ),
  ),
  inHandlers(
    'answers/decimals-cut',
    'LG-GEN-013',
    'keeps whole euros of a new dossier',
    bendSent(['createDossier'], (draft) =>
      typeof draft[size] === 'number'
        ? { ...draft, [size]: Math.trunc(draft[size]) }
        : { ...draft },
    ),
  ),
  inHandlers(
    'answers/single-precision',
    'LG-GEN-013',
    'keeps amounts in single precision',
    bendShown(['getDossier', 'listDossiers'], (dossier) => {
      if (dossier[size] !== null) dossier[size] = Math.fround(Number(dossier[size]));
    }),
  ),
  inHandlers(
    'answers/cents-cut-by-change',
    'LG-GEN-013',
    'loses a cent of changed amounts, as it counts in cents and cuts',
    bendSent(['updateDossier'], (changes) =>
      typeof changes[size] === 'number'
        ? { ...changes, [size]: Math.trunc(changes[size] * 100) / 100 }
        : { ...changes },
    ),
  ),
];
