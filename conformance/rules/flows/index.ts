import type { Rule } from '../../rule.ts';
import colorsAlone from './colors-alone.ts';
import defaultFirst from './default-first.ts';
import fields from './fields.ts';
import figureForms from './figure-forms.ts';
import listedColors from './listed-colors.ts';
import manyStages from './many-stages.ts';
import nestedStages from './nested-stages.ts';
import neverPagedStages from './never-paged-stages.ts';
import oneDefault from './one-default.ts';
import optionalFigures from './optional-figures.ts';
import overMaximum from './over-maximum.ts';
import ownFlows from './own-flows.ts';
import pageDefaults from './page-defaults.ts';
import pages from './pages.ts';
import sameStages from './same-stages.ts';
import stagesOnEveryPage from './stages-on-every-page.ts';
import typeFilter from './type-filter.ts';
import typesApart from './types-apart.ts';

/** The rules of the area flows. */
export const flows: readonly Rule[] = [
  colorsAlone,
  defaultFirst,
  fields,
  figureForms,
  listedColors,
  manyStages,
  nestedStages,
  neverPagedStages,
  oneDefault,
  optionalFigures,
  overMaximum,
  ownFlows,
  pageDefaults,
  pages,
  sameStages,
  stagesOnEveryPage,
  typeFilter,
  typesApart,
];
