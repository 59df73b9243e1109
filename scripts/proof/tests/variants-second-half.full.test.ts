import { describeCombined } from './combined-variants.ts';

// A separate file, so that both halves run at the same time.
describeCombined(1);
