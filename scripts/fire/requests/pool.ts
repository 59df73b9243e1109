import { below, type Random } from '../random.ts';
import { makeUuid, type Ids } from './generate.ts';

/** What kinds of ids there are, by the first word of the paths below which they are. */
export type Kind = 'dossiers' | 'contacts' | 'flows' | 'stages' | 'members';

/** Which kind of id a field or a query parameter holds. */
const kindOfField: Readonly<Record<string, Kind>> = {
  contact_id: 'contacts',
  flow_id: 'flows',
  stage_id: 'stages',
  current_stage_id: 'stages',
  assigned_to: 'members',
};

/** The ids that one client knows, and those of an organisation that it must never reach. */
export interface Pool {
  readonly add: (kind: Kind, id: string) => void;
  readonly remove: (kind: Kind, id: string) => void;
  readonly of: (kind: Kind) => readonly string[];
}

export const createPool = (known: Readonly<Partial<Record<Kind, readonly string[]>>>): Pool => {
  const lists = new Map(Object.entries(known).map(([kind, ids]) => [kind, [...ids]]));
  return {
    of: (kind) => lists.get(kind) ?? [],
    add: (kind, id) => {
      const list = lists.get(kind) ?? [];
      list.push(id);
      lists.set(kind, list);
    },
    remove: (kind, id) => {
      const list = lists.get(kind) ?? [];
      const at = list.indexOf(id);
      if (at >= 0) list.splice(at, 1);
    },
  };
};

/** Draws ids: mostly from the client's own, sometimes ones of nobody, sometimes foreign ones. */
export interface DrawIds {
  readonly ids: Ids;
  readonly one: (kind: Kind) => string;
  /** The foreign ids that were drawn since the last time. */
  readonly takeForeign: () => readonly string[];
}

export const createDraw = (own: Pool, foreign: Pool, random: Random): DrawIds => {
  let drawn: string[] = [];
  const list = (kind: Kind): readonly string[] => {
    const chance = random();
    if (chance < 0.05) {
      const ids = foreign.of(kind);
      const id = ids[below(random, ids.length)];
      if (id === undefined) return [];
      drawn.push(id);
      return [id];
    }
    return chance < 0.08 ? [] : own.of(kind);
  };
  return {
    ids: (field) => {
      const kind = kindOfField[field];
      return kind ? list(kind) : [];
    },
    one: (kind) => {
      const ids = list(kind);
      // New things are drawn more often, since old ones are archived or deleted sooner or later.
      return ids[Math.floor(Math.sqrt(random()) * ids.length)] ?? makeUuid(random);
    },
    takeForeign: () => {
      const taken = drawn;
      drawn = [];
      return taken;
    },
  };
};
