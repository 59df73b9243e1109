/** Ids in lines of bearable length, with runs of numbers told as ranges: `LG-CON-001…012`. */
export const abridge = (ids: readonly string[]): string[] => {
  const byArea = new Map<string, number[]>();
  for (const id of ids) {
    const cut = id.lastIndexOf('-') + 1;
    const numbers = byArea.get(id.slice(0, cut)) ?? [];
    byArea.set(id.slice(0, cut), [...numbers, Number(id.slice(cut))]);
  }
  return [...byArea].map(([area, numbers]) => area + runsOf(numbers).map(tellRun).join(', '));
};

const runsOf = (numbers: readonly number[]): [number, number][] => {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
};

const tellRun = ([first, last]: readonly [number, number]): string =>
  first === last ? pad(first) : `${pad(first)}…${pad(last)}`;

const pad = (number: number): string => String(number).padStart(3, '0');
