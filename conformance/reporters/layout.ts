import { styleText } from 'node:util';

export type Style = 'green' | 'red' | 'yellow' | 'dim' | 'bold';

/** How text for a person is laid out. */
export interface Layout {
  readonly paint: (style: Style, text: string) => string;
  /** Columns. */
  readonly width: number;
}

export const createLayout = (color: boolean, width: number): Layout => ({
  paint: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
  width,
});

/** The same, with room for an indentation. */
export const narrow = ({ paint, width }: Layout, columns: number): Layout => ({
  ...{ paint, width: width - columns },
});
