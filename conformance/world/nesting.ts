/** Levels of nesting that a body may have; documented answers have five. */
const deepest = 200;

const [quote, backslash] = ['"', '\\'];

/**
 * Whether objects and arrays of a JSON text lie deeper in each other than anything that works with
 * the value could follow. Read from the text, so that no recursion has to find it out.
 */
export const isNestedTooDeeply = (text: string): boolean => {
  // Each level has two brackets.
  if (text.length <= 2 * deepest) return false;
  let [depth, inText] = [0, false];
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    if (inText) {
      if (letter === backslash) index += 1;
      else if (letter === quote) inText = false;
    } else if (letter === quote) inText = true;
    else if (letter === '{' || letter === '[') depth += 1;
    else if (letter === '}' || letter === ']') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
};
