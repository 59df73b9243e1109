import { styleText } from 'node:util';
import type { Terminal } from './terminal.ts';

/** Sets a text off, where that shows. */
export type Paint = (style: 'bold' | 'dim', text: string) => string;

export const createPaint =
  ({ color }: Terminal): Paint =>
  (style, text) =>
    color ? styleText(style, text, { validateStream: false }) : text;
