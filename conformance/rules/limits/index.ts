import type { Rule } from '../../rule.ts';
import fallingRemaining from './falling-remaining.ts';
import fixedWindow from './fixed-window.ts';
import forms from './forms.ts';
import freePlanUncounted from './free-plan-uncounted.ts';
import growthFigures from './growth-figures.ts';
import headersThroughout from './headers-throughout.ts';
import limitedDoNotCount from './limited-do-not-count.ts';
import noEffect from './no-effect.ts';
import nothingDone from './nothing-done.ts';
import oneByOne from './one-by-one.ts';
import ownLimit from './own-limit.ts';
import realRemaining from './real-remaining.ts';
import recovery from './recovery.ts';
import refusal from './refusal.ts';
import refusalsCount from './refusals-count.ts';
import remainingAtRefusal from './remaining-at-refusal.ts';
import remainingFromLimit from './remaining-from-limit.ts';
import retryAfterForm from './retry-after-form.ts';
import retryAfter from './retry-after.ts';
import sharedByKeys from './shared-by-keys.ts';
import shownLimit from './shown-limit.ts';
import strangersFigures from './strangers-figures.ts';
import strangersUnlimited from './strangers-unlimited.ts';

/** The rules of the area limits. */
export const limits: readonly Rule[] = [
  fallingRemaining,
  fixedWindow,
  forms,
  freePlanUncounted,
  growthFigures,
  headersThroughout,
  limitedDoNotCount,
  noEffect,
  nothingDone,
  oneByOne,
  ownLimit,
  realRemaining,
  recovery,
  refusal,
  refusalsCount,
  remainingAtRefusal,
  remainingFromLimit,
  retryAfterForm,
  retryAfter,
  sharedByKeys,
  shownLimit,
  strangersFigures,
  strangersUnlimited,
];
