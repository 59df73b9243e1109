import { UsageError } from '../config.ts';

/** Says in the head of a file that it is one of ours: "LGDB". */
export const applicationId = 0x4c474442;

/** What kind of tables and rows the file has; it goes up by one when either changes. */
export const schemaNumber = 2;

/** What the head of a database file says of it. */
export interface Identity {
  readonly applicationId: number;
  readonly schemaNumber: number;
}

/** @throws UsageError for a file of another program, or of another version of this one */
export const requireOurs = (file: string, identity: Identity): void => {
  if (identity.applicationId !== applicationId) {
    throw new UsageError(
      `${file} is a database of another program. It was left as it is; name another file with --db.`,
    );
  }
  if (identity.schemaNumber > schemaNumber) {
    throw new UsageError(
      `${file} was written by a newer version (schema ${identity.schemaNumber}; this one knows ` +
        `${schemaNumber}). It was left as it is; update this server, or name another file with --db.`,
    );
  }
};
