import type { Command } from 'commander';
import { readShard } from '../selection/shard.ts';
import type { Wish } from '../selection/selection.ts';

const names = 'rules, areas, requirements, operations, events';

/** What names some of the rules. */
export const addNameOptions = (command: Command): Command =>
  command
    .optionsGroup('Selection:')
    .option('--only <names>', `these ${names}; * is a wildcard, repeatable`, collectNames)
    .option('--skip <names>', 'all but these; repeatable', collectNames);

/** What divides a run. */
export const addPartOptions = (command: Command): Command =>
  command.option('--shard <i/n>', 'judge one of n parts; merge puts their JSON reports together');

export interface NameTexts {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

export interface PartTexts extends NameTexts {
  readonly shard?: string;
}

export const readWish = ({ only = [], skip = [], shard }: PartTexts): Wish => ({
  ...{ only, skip },
  shard: shard === undefined ? undefined : readShard(shard),
});

const collectNames = (text: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  ...text.split(',').map((name) => name.trim()),
];
