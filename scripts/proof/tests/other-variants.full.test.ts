import { describeCombined } from './combined.ts';

// In a file of their own, they are judged at the same time as the others.
describeCombined(1);
