import { rolesOnDossier } from '../../../../../conformance/contract/resources.ts';
import { onForm } from '../../../../../conformance/faults/files.ts';
import {
  onFields,
  onJsonBody,
  onMutableRequest,
} from '../../../../../conformance/faults/inject.ts';
import { readContract } from '../../../../../openapi/contract.ts';
import { type FaultyServer, onWire, faultOfRule } from '../../faulty-server.ts';

/** Repairs invalid JSON like a lenient parser. */
const parseBy = (mend: (json: string) => string) =>
  onMutableRequest((draft) => {
    if (draft.body === undefined || !draft.headers.get('content-type')?.includes('json')) return;
    if (isJson(draft.body)) return;
    const mended = mend(draft.body);
    if (isJson(mended)) draft.body = mended;
  });

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The first JSON value in a text, if the rest can be ignored; otherwise the text. */
const firstValue = (json: string, isPassedOver: (rest: string) => boolean): string => {
  for (let end = 1; end < json.length; end += 1) {
    const first = json.slice(0, end);
    if (isJson(first) && isPassedOver(json.slice(end))) return first;
  }
  return json;
};

const roles: readonly string[] = rolesOnDossier(readContract());

/** Invalid bodies that are accepted. */
export const invalidBodyFaults: readonly FaultyServer[] = [
  onWire(
    'errors/unnamed',
    'LG-ERR-013',
    'has a name for dossiers that come without one',
    onJsonBody(['createDossier'], (body) => ({ ...body, name: body['name'] ?? 'Untitled' })),
  ),
  onWire(
    'errors/default-role',
    'LG-ERR-013',
    'links contacts as other where no role is told',
    faultOfRule('links/missing-field'),
  ),
  onWire(
    'errors/form-without-type',
    'LG-ERR-013',
    'takes forms without a type for those of candidates',
    onForm(['createDossier'], (form) => {
      if (!form.has('type')) form.set('type', 'candidate');
      return form;
    }),
  ),
  onWire(
    'errors/form-without-name',
    'LG-ERR-013',
    'names the dossier of a form after its file',
    onForm(['createDossier'], (form) => {
      if (!form.has('name')) form.set('name', 'cv.pdf');
      return form;
    }),
  ),
  onWire(
    'errors/null-becomes-text',
    'LG-GEN-059',
    'makes text of null in a name',
    onFields((fields) => {
      for (const name of ['name', 'full_name']) if (fields[name] === null) fields[name] = 'null';
    }),
  ),
  onWire(
    'errors/null-is-other',
    'LG-GEN-059',
    'takes the role null for other',
    onJsonBody(['linkDossierContact'], (body) =>
      body['role_on_dossier'] === null ? { ...body, role_on_dossier: 'other' } : body,
    ),
  ),
  onWire(
    'errors/null-is-candidate',
    'LG-GEN-059',
    'takes the type null for candidate',
    onJsonBody(['createDossier'], (body) =>
      body['type'] === null ? { ...body, type: 'candidate' } : body,
    ),
  ),
  onWire(
    'errors/unknown-is-active',
    'LG-ERR-014',
    'takes a status that it doesn’t know for active',
    onJsonBody(['updateDossier'], (body) =>
      'status' in body && !['won', 'lost', 'archived'].includes(String(body['status']))
        ? { ...body, status: 'active' }
        : body,
    ),
  ),
  onWire(
    'errors/kinds-sifted',
    'LG-ERR-014',
    'leaves out kinds that it doesn’t know, and keeps the others',
    onFields((fields) => {
      const known = ['candidate', 'prospect', 'client', 'supplier', 'partner'];
      const { kind } = fields as { kind?: unknown };
      if (Array.isArray(kind)) fields['kind'] = kind.filter((one) => known.includes(String(one)));
    }),
  ),
  onWire(
    'errors/form-of-any-type',
    'LG-ERR-014',
    'takes forms of a type that it doesn’t know for those of candidates',
    faultOfRule('cv/form-refusals'),
  ),
  onWire(
    'errors/unknown-role-is-other',
    'LG-ERR-014',
    'takes a role that it doesn’t know for other',
    onJsonBody(['linkDossierContact'], (body) => {
      const { role_on_dossier: role } = body as { role_on_dossier?: unknown };
      const known = typeof role !== 'string' || roles.includes(role);
      return known ? body : { ...body, role_on_dossier: 'other' };
    }),
  ),
  onWire(
    'errors/comma-at-end',
    'LG-ERR-015',
    'reads JSON with a comma too many at its end',
    parseBy((json) => json.replace(/,\s*([}\]])/g, '$1')),
  ),
  onWire(
    'errors/json-then-more',
    'LG-ERR-015',
    'reads JSON until it is whole, and not what follows',
    parseBy((json) => json.slice(0, json.indexOf('}') + 1)),
  ),
  onWire(
    'errors/first-of-several',
    'LG-ERR-015',
    'reads the first of several values in a body of JSON',
    parseBy((json) => firstValue(json, (rest) => /^\s*[[{]/.test(rest))),
  ),
  onWire(
    'errors/words-after-json',
    'LG-ERR-015',
    'passes over words that follow the value of a body of JSON',
    parseBy((json) => firstValue(json, (rest) => /^\s*\w+$/.test(rest))),
  ),
  onWire(
    'errors/ended-by-nul',
    'LG-ERR-015',
    'reads a body of JSON up to a NUL, as programs in C do',
    parseBy((json) => json.split('\0')[0] ?? json),
  ),
  onWire(
    'errors/json-with-comments',
    'LG-ERR-015',
    'passes over comments in JSON',
    parseBy((json) => json.replace(/\/\*.*?\*\//g, '').replace(/\/\/.*$/gm, '')),
  ),
  onWire(
    'errors/broken-lines',
    'LG-ERR-015',
    'takes a line break within a text of JSON',
    parseBy((json) => json.replace(/[\n\t]/g, ' ')),
  ),
  onWire(
    'errors/no-number',
    'LG-ERR-015',
    'reads NaN as nothing',
    parseBy((json) => json.replace(/\b(NaN|Infinity)\b/g, 'null')),
  ),
  onWire(
    'errors/bare-text',
    'LG-ERR-015',
    'reads form fields that are announced as JSON',
    parseBy((body) => JSON.stringify(Object.fromEntries(new URLSearchParams(body)))),
  ),
];
