import type { Fault } from '../../fault.ts';
import { files } from './files.ts';
import { forms } from './forms.ts';
import { sizes } from './sizes.ts';
import { spellings } from './spellings.ts';
import { undoing } from './undoing.ts';
import { uploads } from './uploads.ts';

export const cv: readonly Fault[] = [
  ...forms,
  ...spellings,
  ...undoing,
  ...uploads,
  ...sizes,
  ...files,
];
